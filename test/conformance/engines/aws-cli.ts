import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** The AWS command line. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('aws', ['--version'], { encoding: 'utf8' });
  const version = /aws-cli\/(\S+)/.exec(stdout ?? '')?.[1];
  return version
    ? { found: true, version }
    : { found: false, why: 'aws is not installed', remedy: 'pip install awscli' };
}
