import { existsSync, readFileSync } from 'node:fs';
import type { Engine } from '../engine.ts';

const folder = new URL('../node_modules/@microsoft/jest-sarif/', import.meta.url);

/** The JSON Schema of SARIF 2.1.0 as Microsoft publishes it, from the packages of this folder. */
export function findEngine(): Engine<{ schema: object }> {
  const path = new URL('lib/schemas/sarif-2.1.0-rtm.5.json', folder);
  if (!existsSync(path)) {
    return { found: false, why: 'its package is not installed', remedy: 'npm run conformance installs it' };
  }
  return { found: true, version: '2.1.0-rtm.5', schema: JSON.parse(readFileSync(path, 'utf8')) };
}
