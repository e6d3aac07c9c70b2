/** Draws core/redaction/known-words.ts from the code of core: redacted facts keep the words that some check looks for. */
import { globSync, readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
const lineWidth = 118;

/** The file as it must be. */
export function renderKnownWords(): string {
  const sources = globSync('core/**/*.ts', { cwd: root }).filter((path) => !/^core\/(render|redaction)\//.test(path));
  const code = sources.map((path) => readFileSync(root + path, 'utf8').replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, ''));
  const words = new Set(code.flatMap((text) => text.toLowerCase().match(/[a-z][a-z0-9]{2,}/g) ?? []));
  const lines: string[] = [];
  let line = '';
  for (const word of [...words].toSorted()) {
    if (line.length + word.length + 1 > lineWidth) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return `/** Every word of the code of core, in lower case; written by \`npm run docs\`. */
export const knownWords: readonly string[] = \`
${[...lines, line].join('\n')}
\`
  .trim()
  .split(/\\s+/);
`;
}
