import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** Chromium, in which people read the report; `CHROMIUM` names it where it is not on PATH under its own name. */
export function findEngine(): Engine<{ program: string }> {
  const program = process.env['CHROMIUM'] ?? spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout?.trim();
  if (!program) return { found: false, why: 'chromium is not installed', remedy: 'apt-get install chromium' };
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const version = /Chromium (\S+)/.exec(stdout ?? '')?.[1];
  return version
    ? { found: true, version, program }
    : { found: false, why: `${program} does not start`, remedy: 'apt-get install --reinstall chromium' };
}
