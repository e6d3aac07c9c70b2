import { cleaner } from '../../core/redaction/clean.ts';

/** Fields in which people and programs write sentences; all others hold ids, states and tokens of pages. */
const sentences = new Set(['Value', 'Description', 'description', 'Reason', 'reason', 'Message', 'message']);

/** An answer of AWS as it may be kept. */
export const cleanAnswer = cleaner({ isIdentity: (field) => !sentences.has(field) });
