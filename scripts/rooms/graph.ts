import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One import of a file of the project. */
export interface Import {
  from: string;
  /** A path from the root of the project, or the name of a package. */
  to: string;
  kind: 'value' | 'type' | 'dynamic';
}

/** Every import in the files of these folders, below the root of a project. */
export const importsOf = (root: string, folders: readonly string[]): Import[] =>
  folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root })).flatMap((file) => importsIn(root, file));

function importsIn(root: string, from: string): Import[] {
  const source = readFileSync(join(root, from), 'utf8');
  const { module, errors } = parseSync(from, source);
  const [error] = errors;
  if (error) throw new Error(`${from}: ${error.message}`);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => ({
    specifier: source.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    kind: 'dynamic' as const,
  }));
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    kind: kindOf(entries),
  }));
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, kind: kindOf([entry]) }] : [],
    ),
  );
  return [...imported, ...exported, ...dynamic].map(({ specifier, kind }) => ({
    from,
    to: specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier,
    kind,
  }));
}

const kindOf = (entries: readonly { isType: boolean }[]): 'value' | 'type' =>
  entries.length > 0 && entries.every(({ isType }) => isType) ? 'type' : 'value';
