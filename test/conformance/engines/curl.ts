import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** curl, a client of targets. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('curl', ['--version'], { encoding: 'utf8' });
  const version = /^curl (\S+)/.exec(stdout ?? '')?.[1];
  return version
    ? { found: true, version }
    : { found: false, why: 'curl is not installed', remedy: 'install it with the package manager of this machine' };
}
