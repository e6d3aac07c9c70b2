import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** The API models that the AWS CLI and boto3 carry; `data` is their folder. */
export function findEngine(): Engine<{ data: string }> {
  const program = 'import botocore; print(botocore.__version__, botocore.__path__[0])';
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  const [version, path] = stdout?.trim().split(' ') ?? [];
  if (!version || path === undefined) {
    return { found: false, why: 'python3 has no botocore', remedy: 'pip install boto3' };
  }
  return { found: true, version, data: `${path}/data` };
}
