import { type Output, outputs } from '../core/render/outputs.ts';

/** Every form of a report, as `--output` names it. */
export const forms: Output[] = ['text', ...(Object.keys(outputs) as Exclude<Output, 'text'>[])];

const endings: [string, Output][] = [
  ['.ocsf.json', 'ocsf'],
  ['.sarif.json', 'sarif'],
  ['.json', 'json'],
  ['.html', 'html'],
  ['.md', 'markdown'],
  ['.sarif', 'sarif'],
  ['.xml', 'junit'],
  ['.csv', 'csv'],
  ['.txt', 'text'],
];

/** The form that the ending of a file's name asks for; undefined for another ending. */
export const formOf = (path: string): Output | undefined => endings.find(([ending]) => path.endsWith(ending))?.[1];
