import { createHmac } from 'node:crypto';
import { redactFacts } from '../../core/redaction/redact-facts.ts';
import type { FactsFile } from './facts-file.ts';

/** The file with substitutes for whatever tells whose it is. Who has no key can't undo it; equal keys, equal substitutes. */
export const redactFile = (file: FactsFile, key: string): FactsFile =>
  redactFacts(file, (text) => createHmac('sha256', key).update(text).digest('hex'));
