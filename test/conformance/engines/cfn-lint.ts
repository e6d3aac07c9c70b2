import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** cfn-lint, the linter of CloudFormation templates. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
  const version = stdout?.trim().split(' ').at(-1);
  return version
    ? { found: true, version }
    : { found: false, why: 'cfn-lint is not installed', remedy: 'pip install cfn-lint' };
}
