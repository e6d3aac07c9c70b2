import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { terraformPlugins } from '../../../scripts/conformance/install-programs.ts';
import type { Engine } from '../engine.ts';

/** Terraform with its provider for AWS, which `npm run conformance` brings before the tests lose the network. */
export function findEngine(): Engine<{ init: string[] }> {
  const { stdout } = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  const version = /^Terraform v(\S+)/m.exec(stdout ?? '')?.[1];
  const remedy =
    'Install Terraform; NLB_AUDITOR_TERRAFORM_PLUGINS names a folder of its providers if there is no registry';
  if (version === undefined) return { found: false, why: 'there is no terraform', remedy };
  if (!existsSync(terraformPlugins())) return { found: false, why: 'its provider for AWS cannot be had', remedy };
  return { found: true, version, init: ['init', '-backend=false', `-plugin-dir=${terraformPlugins()}`] };
}
