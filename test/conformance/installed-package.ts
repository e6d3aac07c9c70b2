import { existsSync, readFileSync } from 'node:fs';
import type { Engine } from './engine.ts';

/** A package of this folder as an engine. */
export function installedPackage(name: string): Engine {
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return existsSync(manifest)
    ? { found: true, version: JSON.parse(readFileSync(manifest, 'utf8')).version }
    : { found: false, why: 'its package is not installed', remedy: 'npm run conformance installs it' };
}
