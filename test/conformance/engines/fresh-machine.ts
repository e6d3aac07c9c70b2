import { spawnSync } from 'node:child_process';
import { programsOf } from '../../../scripts/conformance/machine-programs.ts';
import type { Engine } from '../engine.ts';

/** A user who has just heard of this repository; scripts/conformance/fresh-machine.ts is what that user does. */
export function findEngine(): Engine {
  try {
    const { node = '' } = programsOf();
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    if (Number(/^v(\d+)/.exec(version)?.[1]) >= 20) return { found: true, version: `Node.js ${version}` };
    return { found: false, why: `Node.js is ${version}`, remedy: 'Install Node.js 20 or newer' };
  } catch (error) {
    return { found: false, why: String(error), remedy: 'Install it' };
  }
}
