import { sayJson } from './say.ts';
import { renderYaml } from './yaml.ts';

/** Output formats of commands that print lists. */
export const listForms = ['text', 'json', 'yaml'] as const;
export type ListForm = (typeof listForms)[number];

/** Prints a value for a machine. */
export function sayStructured(value: unknown, form: Exclude<ListForm, 'text'>): void {
  if (form === 'json') sayJson(value);
  else process.stdout.write(renderYaml(value));
}
