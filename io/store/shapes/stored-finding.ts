import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Truncated } from '../../../core/lifecycle/truncate.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { parseJson } from '../../parse-json.ts';
import { listOf, storedDiagnosis, storedEvidence, texts } from './stored-diagnosis.ts';

/** Of packs of findings as they are written now. Each version before stays readable: `test/io/store/old-items`. */
export const packVersion = 4;

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
  past: listOf(z.object({ openedAt: z.string(), resolvedAt: z.string() })),
  firstEvidence: storedEvidence,
  targetGroupArns: texts,
  diagnoses: listOf(storedDiagnosis),
} satisfies Record<Exclude<keyof Finding, 'news'>, z.ZodType>);

/** What is kept of a finding: texts and lists of diagnoses are cut where they are long. */
export const storedFinding = (finding: Finding, digest: Truncated) => ({ ...finding, ...digest });

/**
 * The finding in a pack, or in an item of its own as versions 1 and 2 wrote it, with its texts packed in the later one; `null`
 * where it is none.
 */
export function readStoredFinding(item: object): Finding | null {
  const { packed, news: stored }: StoredFinding = item;
  const parsed = shape.safeParse({ ...item, ...unpack(packed) });
  if (!parsed.success) return null;
  const notified = count.safeParse(stored).data ?? parsed.data.revision;
  return { ...parsed.data, news: notified } as unknown as Finding;
}

interface StoredFinding {
  news?: unknown;
  packed?: unknown;
}

/** Bytes of the texts of one finding, 40 times what they are cut to (`core/lifecycle/truncate.ts`). */
const mostUnpacked = 8 * 2 ** 20;

/** Nothing where nothing is packed, or nothing that can be understood: the finding then counts without its texts. */
function unpack(packed: unknown): object {
  if (!(packed instanceof Uint8Array)) return {};
  try {
    return z.looseObject({}).parse(parseJson(gunzipSync(packed, { maxOutputLength: mostUnpacked }).toString()));
  } catch {
    return {};
  }
}
