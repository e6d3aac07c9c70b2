import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** Terraform; with a folder of its providers where it cannot reach its registry. */
export function findEngine(): Engine<{ init: string[] }> {
  const { stdout } = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  const version = /^Terraform v(\S+)/m.exec(stdout ?? '')?.[1];
  const remedy =
    'Install Terraform; NLB_AUDITOR_TERRAFORM_PLUGINS names a folder of its providers if there is no registry';
  if (version === undefined) return { found: false, why: 'there is no terraform', remedy };
  const plugins = process.env['NLB_AUDITOR_TERRAFORM_PLUGINS'];
  return { found: true, version, init: ['init', '-backend=false', ...(plugins ? [`-plugin-dir=${plugins}`] : [])] };
}
