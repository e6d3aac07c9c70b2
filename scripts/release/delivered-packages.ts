import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConstruct, buildProgram } from '../package/bundles.ts';
import { packagesIn } from '../package/licences.ts';

/** Folders of the packages that are inside what is published, as `package-lock.json` names them: `node_modules/zod`. */
export async function deliveredPackages(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'delivered-'));
  try {
    return packagesIn(await Promise.all([buildProgram(folder), buildConstruct(folder)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
