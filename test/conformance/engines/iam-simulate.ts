import { existsSync, readFileSync } from 'node:fs';
import type { Engine } from '../engine.ts';

const manifest = new URL('../node_modules/@cloud-copilot/iam-simulate/package.json', import.meta.url);

/** A simulator of IAM policies, from the packages of this folder. */
export function findEngine(): Engine {
  if (!existsSync(manifest)) {
    return { found: false, why: 'its package is not installed', remedy: 'npm run conformance installs it' };
  }
  return { found: true, version: JSON.parse(readFileSync(manifest, 'utf8')).version };
}
