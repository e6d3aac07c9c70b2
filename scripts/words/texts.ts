import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** A file that holds what a user reads, with nothing but that in it; lines are those of the file. */
export interface Text {
  path: string;
  text: string;
}

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/*.md'];
/** Code whose literals reach a user: help, messages, titles, evidence, fixes, labels and alarms. */
const code = ['bin/**/*.ts', 'config/**/*.ts', 'core/**/*.ts', 'io/**/*.ts', 'lambda/**/*.ts', 'lib/**/*.ts'];

/** Everything that a user reads in the project at this folder. The pages of single checks are made from their checks. */
export const textsOf = (root: string): Text[] => [
  ...globSync(pages, { cwd: root }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  ...globSync(code, { cwd: root })
    .filter((path) => path !== 'core/redaction/vocabulary.ts')
    .map((path) => ({ path, text: literalsIn(path, readFileSync(join(root, path), 'utf8')) })),
];

/** The literals of a source with sentences in them, everything else as blanks, so that lines keep their numbers. */
export function literalsIn(path: string, source: string): string {
  const { program } = parseSync(path, source);
  const kept: { start: number; end: number }[] = [];
  new Visitor({
    Literal: ({ value, start, end }) => {
      if (typeof value === 'string' && value.includes(' ')) kept.push({ start, end });
    },
    TemplateElement: ({ start, end }) => {
      kept.push({ start, end });
    },
  }).visit(program);
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  let [result, at] = ['', 0];
  for (const { start, end } of kept.toSorted((a, b) => a.start - b.start)) {
    result += blank(source.slice(at, start)) + source.slice(start, end);
    at = end;
  }
  return result + blank(source.slice(at));
}
