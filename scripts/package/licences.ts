import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders of the packages whose code is in bundles, from the root of the project: `node_modules/zod`. */
export function packagesIn(bundles: Metafile[]): string[] {
  const inputs = bundles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].toSorted();
}

/** The licences of all packages inside bundles, each text once, below the packages that it is of. */
export function licencesOf(bundles: Metafile[]): string {
  const byText = Map.groupBy(packagesIn(bundles), licenceOf);
  return [...byText]
    .map(([text, folders]) => `${folders.map(nameOf).join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined ? manifestOf(folder).license : readFileSync(join(root, folder, file), 'utf8').trim();
}

function nameOf(folder: string): string {
  const { name, version } = manifestOf(folder);
  return `${name} ${version}`;
}

/** Throws where the folder is no package. */
function manifestOf(folder: string): { name: string; version: string; license: string } {
  const path = join(root, folder, 'package.json');
  if (!existsSync(path)) throw new Error(`${path} is missing`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
