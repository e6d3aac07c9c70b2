import * as z from 'zod';
import { severities } from '../../../core/model/severity.ts';
import type { OutboxItem, Pending } from '../outbox.ts';
import { listOf, storedDiagnosis, storedEvidence, storedOmitted, texts } from './stored-diagnosis.ts';

const count = z.int().min(0);
const text = z.string().catch('');
const moment = z.string().catch('1970-01-01T00:00:00.000Z');

const incident = z.looseObject({
  key: z.string().min(1),
  revision: count,
  status: z.enum(['open', 'resolved']),
  episode: count.catch(1),
  openedAt: moment,
  resolvedAt: z.string().nullable().catch(null),
  toldAt: moment,
  lastRun: text,
  members: z.array(z.object({ fingerprint: z.string(), news: count })).catch([]),
});

const summaryState = z.looseObject({
  key: z.string().min(1),
  revision: count,
  covers: z.array(z.string()),
  digestedAt: moment,
  openThen: count.catch(0),
  lastRun: text,
});

const line = z.looseObject({
  key: z.string(),
  severity: z.enum(severities),
  title: text,
  cluster: z.string().nullable().catch(null),
  services: texts,
  moreServices: count.catch(0),
  teams: texts.optional(),
  openedAt: moment,
});

const summary = z.looseObject({
  kind: z.enum(['first', 'many', 'digest']),
  lines: listOf(line),
  more: count.catch(0),
  causes: listOf(
    z.looseObject({
      cause: text,
      severity: z.enum(severities),
      title: text,
      incidents: count,
      services: count,
      clusters: texts,
      moreClusters: count.catch(0),
      openedAt: moment,
    }),
  ).optional(),
  open: count.catch(0),
  openBefore: count.nullable().catch(null),
  opened: count.nullable().catch(null),
  resolved: count.nullable().catch(null),
  offenders: listOf(z.object({ key: z.string(), episodes: count })),
  muted: count.catch(0),
});

/** A message without its key, its time, or anything to tell cannot be delivered. */
const pending = z
  .looseObject({
    key: z.string().min(1),
    fingerprint: z.string().min(1),
    transition: z.enum(['opened', 'changed', 'flapping', 'resolved', 'reminder', 'summary']),
    at: z.iso.datetime(),
    openedAt: z.iso.datetime(),
    diagnoses: listOf(storedDiagnosis),
    omitted: storedOmitted,
    services: z.object({ names: texts, more: count }).optional().catch(undefined),
    recovered: texts.optional(),
    muted: listOf(
      z.object({ service: z.string(), pattern: text, owner: text, reason: text, until: moment }),
    ).optional(),
    past: listOf(z.object({ openedAt: z.string(), resolvedAt: z.string() })).optional(),
    firstEvidence: storedEvidence.optional(),
    summary: summary.optional(),
    report: z.string().optional().catch(undefined),
    deliveredTo: texts,
    receipts: z.record(z.string(), z.record(z.string(), z.string())).optional().catch(undefined),
  } satisfies Record<keyof Omit<Pending, 'accountName'>, z.ZodType>)
  .refine(({ diagnoses, summary }) => diagnoses.length > 0 || summary !== undefined);

/**
 * The incident, or state of summaries, in an item of the table, whichever version wrote it; `null` for an item that is neither. A
 * pending message that cannot be understood is left out.
 */
export function readStoredOutbox(item: object): OutboxItem | null {
  const parsed = ('covers' in item ? summaryState : incident).safeParse(item);
  if (!parsed.success) return null;
  const { pending: message, ...entry } = parsed.data;
  const { data } = pending.safeParse(message);
  return { ...entry, ...(data !== undefined && { pending: data }) } as unknown as OutboxItem;
}
