import { extname } from 'node:path';
import { UserError } from '../config/user-error.ts';
import { outputs } from '../core/render/outputs.ts';

/** An output format of a report. */
export type Form = 'text' | 'yaml' | keyof typeof outputs;

/** Every output format, as `--output` names it. */
export const forms: Form[] = ['text', 'json', 'yaml', ...Object.keys(outputs).filter(isOther)];

function isOther(name: string): name is Exclude<keyof typeof outputs, 'json'> {
  return name !== 'json';
}

const endings: [string, Form][] = [
  ['.ocsf.json', 'ocsf'],
  ['.sarif.json', 'sarif'],
  ['.json', 'json'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.sarif', 'sarif'],
  ['.xml', 'junit'],
  ['.csv', 'csv'],
  ['.txt', 'text'],
];

/**
 * The format that the ending of a file's name stands for; undefined for a name without one. An ending that stands for none
 * is a UserError: text in a file that is called a PDF helps no one.
 */
export function formOf(path: string): Form | undefined {
  const form = endings.find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];
  const ending = extname(path);
  if (form !== undefined || ending === '' || isDevice(path)) return form;
  throw new UserError(
    `no output format writes ${ending}; name a file that ends in ${endings.map(([each]) => each).join(', ')}, or in nothing for the format of --output.`,
  );
}

/** A file's name and its ending, of which some have two parts: `report` and `.sarif.json`. */
export function splitEnding(name: string): [string, string] {
  const known = endings.find(([ending]) => name.toLowerCase().endsWith(ending))?.[0] ?? extname(name);
  const at = name.length - known.length;
  return [name.slice(0, at), name.slice(at)];
}

/** True for what takes reports without keeping them apart. */
export const isDevice = (path: string): boolean => path.startsWith('/dev/');
