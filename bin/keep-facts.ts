import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../config/user-error.ts';
import { type FactsFile, writeFacts } from '../io/reports/facts-file.ts';

/** Writes facts to a file; where it does not take them after all, into the folder for temporary files, and a UserError. */
export function keepFacts(path: string, file: FactsFile): void {
  try {
    writeFacts(path, file);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    const kept = join(mkdtempSync(join(tmpdir(), 'nlb-auditor-')), 'facts.json');
    writeFacts(kept, file);
    throw new UserError(`${cause.message} What was read is in ${kept}.`, { cause });
  }
}
