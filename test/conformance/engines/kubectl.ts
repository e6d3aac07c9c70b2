import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** The Kubernetes command line. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('kubectl', ['version', '--client', '--output=json'], { encoding: 'utf8' });
  const version: string | undefined = stdout ? JSON.parse(stdout).clientVersion?.gitVersion : undefined;
  return version
    ? { found: true, version }
    : { found: false, why: 'kubectl is not installed', remedy: 'install it from kubernetes.io/docs/tasks/tools' };
}
