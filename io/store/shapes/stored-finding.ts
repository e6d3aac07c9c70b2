import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { truncate, untruncated } from '../../../core/lifecycle/truncate.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { storedDiagnosis } from './stored-diagnosis.ts';

/** Of the items of findings as they are written now. Each version before stays readable: `test/io/store/old-items`. */
const findingVersion = 2;

const texts = z.array(z.string()).catch([]);
const objects = z.array(z.looseObject({})).catch([]);
const count = z.int().min(0);
const moment = z.string().catch('1970-01-01T00:00:00.000Z');

/** Only what no default can stand for is required. */
const shape = z.object({
  revision: count,
  fingerprint: z.string().min(1),
  status: z.enum(['suspected', 'open', 'resolved']),
  episode: count.catch(1),
  firstSeenAt: moment,
  lastSeenAt: moment,
  openedAt: moment,
  changedAt: moment,
  resolvedAt: z.string().nullable().catch(null),
  lastRun: z.string().catch(''),
  answers: z.string().catch(''),
  turns: texts,
  flappingSince: z.string().nullable().catch(null),
  past: z.array(z.object({ openedAt: z.string(), resolvedAt: z.string() })).catch([]),
  firstEvidence: objects,
  targetGroupArns: texts,
  diagnoses: z.array(storedDiagnosis).catch([]),
} satisfies Record<Exclude<keyof Finding, 'news'>, z.ZodType>);

/** What the item of a finding holds. Texts are packed: DynamoDB bills every read and write by size, at every run. */
export function storedFinding({ diagnoses, firstEvidence, ...finding }: Finding) {
  const texts = { firstEvidence, ...truncate(untruncated(diagnoses)) };
  return { ...finding, packed: gzipSync(JSON.stringify(texts)), schemaVersion: findingVersion };
}

/** The finding in an item of the table, whichever version wrote it; `null` for an item that is none. */
export function readStoredFinding(item: StoredFinding): Finding | null {
  const parsed = shape.safeParse({ ...item, ...unpack(item.packed) });
  if (!parsed.success) return null;
  const news = count.safeParse(item.news).data ?? parsed.data.revision;
  return { ...parsed.data, news } as unknown as Finding;
}

interface StoredFinding {
  revision?: unknown;
  news?: unknown;
  packed?: unknown;
}

/** Nothing where nothing is packed, or nothing that can be understood: the finding then counts without its texts. */
function unpack(packed: unknown): object {
  if (!(packed instanceof Uint8Array)) return {};
  try {
    return z.looseObject({}).parse(JSON.parse(gunzipSync(packed).toString()));
  } catch {
    return {};
  }
}
