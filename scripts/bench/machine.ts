import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Machine } from './row.ts';

/** This machine, at this moment. */
export const machine = (): Machine => ({
  processor: cpus()[0]?.model.trim() || 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release().replace(/^(\d+\.\d+).*/, '$1')}`,
  node: process.version,
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
});
