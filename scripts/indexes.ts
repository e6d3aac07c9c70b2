/** Rewrites the lists that name every file of a folder: the catalogue of checks, their ids, and the scenarios of the lab. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

interface Index {
  path: string;
  /** Glob, from the root of the project. */
  files: string;
  /** What an entry is: its type's name and file. */
  entry: [type: string, file: string];
  list: string;
}

const indexes: Index[] = [
  {
    path: 'core/diagnosis/catalogue.ts',
    files: 'core/checks/*/*.ts',
    entry: ['Check', './check.ts'],
    list: '/** Every check, in the order of their ids. */\nexport const catalogue: readonly Check[] = [',
  },
  {
    path: 'lab/scenarios.ts',
    files: 'lab/scenarios/*.ts',
    entry: ['Scenario', './scenario.ts'],
    list: '/** Every scenario, in the order of their ids. */\nexport const scenarios: readonly Scenario[] = [',
  },
];

/** Writes the lists again and returns the paths of those that were stale. */
export function writeIndexes(): string[] {
  const stale = staleIndexes();
  for (const { path, text } of stale) writeFileSync(root + path, text);
  return stale.map(({ path }) => path);
}

/** The lists that differ from their folder, with the text that they should have. */
export const staleIndexes = (): { path: string; text: string }[] =>
  [
    ...indexes.map((index) => ({ path: index.path, text: textOf(index) })),
    { path: 'config/check-ids.ts', text: checkIds() },
  ].filter(({ path, text }) => readFileSync(root + path, 'utf8') !== text);

/** The ids without the checks: what only names them, as the configuration does, does not load them. */
const checkIds = (): string =>
  [
    '/** The id of every check, in order. */',
    'export const checkIds: readonly string[] = [',
    ...idsIn('core/checks/*/*.ts').map((id) => `  '${id}',`),
    '];',
    '',
  ].join('\n');

const idsIn = (files: string): string[] =>
  globSync(files, { cwd: root })
    .map((file) => basename(file, '.ts'))
    .toSorted();

function textOf({ path, files, entry: [type, file], list }: Index): string {
  const found = globSync(files, { cwd: root });
  const imports = found.map((file) => ({
    names: `{ ${camel(basename(file, '.ts'))} }`,
    from: specifier(dirname(path), file),
  }));
  const lines = [...imports, { names: `type { ${type} }`, from: file }]
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ names, from }) => `import ${names} from '${from}';`);
  return [...lines, '', list, ...idsIn(files).map((id) => `  ${camel(id)},`), '];', ''].join('\n');
}

function specifier(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith('.') ? path : `./${path}`;
}

/** `a-kebab-id` as a name: `aKebabId`. */
export const camel = (id: string): string => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
