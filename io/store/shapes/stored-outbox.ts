import * as z from 'zod';
import type { OutboxItem } from '../outbox.ts';

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

/** A message without one of these cannot be delivered. */
const pending = z.looseObject({
  key: z.string().min(1),
  fingerprint: z.string().min(1),
  transition: z.string(),
  at: z.string(),
  openedAt: z.string(),
  diagnoses: z.array(z.looseObject({ targetGroupArn: z.string() })),
  deliveredTo: z.array(z.string()).catch([]),
});

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
