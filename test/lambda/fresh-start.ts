import { fileURLToPath } from 'node:url';

let starts = 0;

/**
 * The module of a function as a new environment of Lambda has it, with nothing that an earlier invocation kept; what it
 * imports keeps nothing.
 */
export function freshStart<Module>(name: 'interactions' | 'notifier'): Promise<Module> {
  starts += 1;
  const path = fileURLToPath(new URL(`../../lambda/${name}.ts`, import.meta.url));
  return import(/* @vite-ignore */ `${path}?start=${starts}`);
}
