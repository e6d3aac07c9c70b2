import { spawnSync } from 'node:child_process';
import type { Engine } from '../engine.ts';

/** moto's server, which answers for many AWS services. */
export function findEngine(): Engine {
  const { stdout } = spawnSync('python3', ['-c', 'import moto.server; print(moto.__version__)'], { encoding: 'utf8' });
  const version = stdout?.trim();
  if (!version) return { found: false, why: 'python3 has no moto', remedy: "pip install 'moto[server]'" };
  return { found: true, version };
}
