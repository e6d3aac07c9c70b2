import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Declarations {
  /** Folder that the compiler wrote to. */
  from: string;
  /** Where an application's compiler begins, relative to the folder. */
  entry: string;
  to: string;
}

/** A reference to another file, which the compiler leaves with the ending of the sources. */
const reference = /((?:from |import\()['"]\.[^'"]+)\.ts(?=['"])/g;

/** Copies a declaration file with all that it refers to: others would name packages that nobody has to install. */
export function copyDeclarations({ from, entry, to }: Declarations): void {
  const found = new Set([entry]);
  for (const file of found) {
    const text = readFileSync(join(from, file), 'utf8').replaceAll(reference, '$1.js');
    for (const [, path = ''] of text.matchAll(/['"](\.[^'"]+)\.js['"]/g)) {
      found.add(`${join(dirname(file), path)}.d.ts`);
    }
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeFileSync(join(to, file), text);
  }
}
