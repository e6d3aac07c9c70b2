import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** CDK applications of other people; scripts/conformance/fresh-applications.ts makes them. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('npx', ['--no-install', 'cdk', '--version'], { encoding: 'utf8' });
  const version = stdout?.split(' ')[0]?.trim();
  if (!version) return { found: false, why: 'npx finds no cdk', remedy: 'Run npm ci' };
  return { found: true, version: `cdk init ${version}` };
}
