import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** bash, a shell that completes what is typed. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('bash', ['--version'], { encoding: 'utf8' });
  const version = /version (\S+)/.exec(stdout ?? '')?.[1];
  return version
    ? { found: true, version }
    : { found: false, why: 'bash is not installed', remedy: 'install it with the package manager of this machine' };
}
