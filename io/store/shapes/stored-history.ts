import * as z from 'zod';
import { severities } from '../../../core/model/severity.ts';
import type { Message } from '../../../core/notification/message.ts';
import { listOf, storedDiagnosis, storedOmitted } from './stored-diagnosis.ts';

/** Of the lines of history as they are written now. Each version before stays readable: `test/io/store/old-items`. */
const historyVersion = 1;

const count = z.int().min(0);

const diagnosis = storedDiagnosis.extend({
  severity: z.enum(severities),
  confidence: z.enum(['confirmed', 'probable', 'possible']),
  groupHealth: z.object({ healthy: count, total: count }),
});

/** A diagnosis that cannot be read is left out: when it happened, and what, is worth a line without it. */
const diagnoses = listOf(diagnosis);

const shape = z
  .object({
    key: z.string(),
    fingerprint: z.string().min(1),
    transition: z.enum(['opened', 'changed', 'flapping', 'resolved']),
    at: z.iso.datetime(),
    openedAt: z.string().optional().catch(undefined),
    diagnoses,
    omitted: storedOmitted,
  })
  .transform((line) => ({ ...line, openedAt: line.openedAt ?? line.at }));

/** What the item of a line of history holds. */
export const storedHistory = (message: Message) => ({ ...message, schemaVersion: historyVersion });

/** The line of history in an item of the table, whichever version wrote it; `null` for an item that is none. */
export const readStoredHistory = (item: object): Message | null =>
  (shape.safeParse(item).data as Message | undefined) ?? null;
