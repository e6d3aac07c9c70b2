import { conclude } from '../core/conclude.ts';
import { writeFacts } from '../io/facts-file.ts';
import { exitCodeOf } from './exit.ts';
import { type LookOptions, look } from './look.ts';
import { type NarrowOptions, narrow } from './narrow.ts';
import { type PrintOptions, print } from './print.ts';

export interface AuditOptions extends PrintOptions, LookOptions, NarrowOptions {
  saveFacts?: string;
}

/** The straight line, once: look, conclude, print. */
export async function audit(options: AuditOptions): Promise<void> {
  const { run, inventory, facts } = await look(options);
  if (options.saveFacts !== undefined) writeFacts(options.saveFacts, { schemaVersion: 1, run, inventory, facts });
  const report = narrow(conclude(run, inventory, facts), options);
  print(report, options);
  process.exitCode = exitCodeOf(report);
}
