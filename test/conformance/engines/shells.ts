import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** The shells into which commands of the reports are pasted. */
export function findEngine(): Engine<{ shells: string[] }> {
  const shells = ['sh', 'bash', 'dash', 'zsh'];
  const missing = shells.filter((shell) => spawnSync(shell, ['-c', 'exit 0']).status !== 0);
  if (missing.length > 0)
    return {
      found: false,
      why: `${missing.join(' and ')} not installed`,
      remedy: `apt-get install ${missing.join(' ')}`,
    };
  const { stdout } = spawnSync('zsh', ['--version'], { encoding: 'utf8' });
  return { found: true, version: `with ${stdout.split(' ').slice(0, 2).join(' ')}`, shells };
}
