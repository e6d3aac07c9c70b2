/** Rewrites the two lists that name every file of a folder: the catalogue of checks and the scenarios of the lab. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;

interface Index {
  path: string;
  folder: string;
  head: string[];
  list: string;
}

const indexes: Index[] = [
  {
    path: 'core/catalogue.ts',
    folder: 'checks',
    head: ["import type { Check } from './check.ts';"],
    list: '/** Every check, in the order of their ids. */\nexport const catalogue: readonly Check[] = [',
  },
  {
    path: 'lab/scenarios.ts',
    folder: 'scenarios',
    head: ["import type { Scenario } from './scenario.ts';"],
    list: '/** Every scenario, in the order of their ids. */\nexport const scenarios: readonly Scenario[] = [',
  },
];

/** Writes the lists anew and returns the paths of those that were stale. */
export function writeIndexes(): string[] {
  const stale = staleIndexes();
  for (const { path, text } of stale) writeFileSync(root + path, text);
  return stale.map(({ path }) => path);
}

/** The lists that differ from their folder, with the text that they should have. */
export const staleIndexes = (): { path: string; text: string }[] =>
  indexes
    .map((index) => ({ path: index.path, text: textOf(index) }))
    .filter(({ path, text }) => readFileSync(root + path, 'utf8') !== text);

function textOf({ path, folder, head, list }: Index): string {
  const ids = readdirSync(`${root}${path.split('/')[0]}/${folder}`)
    .map((file) => file.replace(/\.ts$/, ''))
    .toSorted();
  const imports = ids.map((id) => `import { ${camel(id)} } from './${folder}/${id}.ts';`);
  return [...head, ...imports, '', list, ...ids.map((id) => `  ${camel(id)},`), '];', ''].join('\n');
}

/** `a-kebab-id` as a name: `aKebabId`. */
export const camel = (id: string): string => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
