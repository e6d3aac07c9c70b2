import { spawnSync } from 'node:child_process';
import { checkovFolder, checkovVersion } from '../../../scripts/conformance/install-programs.ts';
import type { Engine } from '../engine.ts';

/** checkov, which knows what is unsafe in CloudFormation templates; `env` lets Python find it. */
export function findEngine(): Engine<{ env: NodeJS.ProcessEnv }> {
  const env = { ...process.env, PYTHONPATH: checkovFolder(), LOG_LEVEL: 'ERROR' };
  const { status } = spawnSync('python3', ['-c', 'import checkov.main'], { env });
  return status === 0
    ? { found: true, version: checkovVersion, env }
    : {
        found: false,
        why: 'checkov could not be installed',
        remedy: `pip install --target ${checkovFolder()} checkov==${checkovVersion}`,
      };
}
