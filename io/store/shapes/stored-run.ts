import * as z from 'zod';
import type { RunSummary } from '../../../core/lifecycle/run-summary.ts';
import type { Report } from '../../../core/model/report.ts';
import { severities } from '../../../core/model/severity.ts';
import { parseJson } from '../../parse-json.ts';
import { packText, unpackText } from '../packed-text.ts';
import { storedDiagnosis } from './stored-diagnosis.ts';

/** Of the items of runs as they are written now. Each version before stays readable: `test/io/store/old-items`. */
const runVersion = 2;

/** Bytes; an item takes 400 KB (Amazon DynamoDB, "Service quotas"), and the numbers have to fit too. */
const largestRecord = 380_000;

/** Bytes of JSON in one piece of a record: 88 times its largest size, where a record of diagnoses that are alike has some 40 times. */
const mostUnpacked = 32 * 2 ** 20;

const count = z.int().min(0);

/** One odd diagnosis or target group makes the whole run unreadable: without it the replay would take the cause for resolved. */
const record = z.looseObject({
  run: z.looseObject({
    id: z.string(),
    account: z.string(),
    region: z.string(),
    finishedAt: z.iso.datetime(),
    complete: z.boolean().catch(false),
  }),
  coverage: z.looseObject({
    clusters: z.looseObject({ seen: count }),
    targetGroups: z.looseObject({ seen: count }),
    gaps: z.array(z.looseObject({ slice: z.string(), scope: z.looseObject({ kind: z.string() }), reason: z.string() })),
  }),
  groups: z.array(
    z.looseObject({ targetGroupArn: z.string(), read: z.boolean(), unknown: z.array(z.string()).catch([]) }),
  ),
  diagnoses: z.array(
    storedDiagnosis.extend({
      fingerprint: z.string().min(1),
      verdict: z.enum(['unhealthy', 'unserved', 'expected', 'latent', 'unexplained']),
      title: z.string().catch(''),
      severity: z.enum(severities),
      groupHealth: z.object({ healthy: count, total: count }),
    }),
  ),
});

/** What the item of a run holds: its numbers, and what is needed to replay it; what is too long for it comes in pieces. */
export async function storedRun(summary: RunSummary, report: Report) {
  const packed = await packText(JSON.stringify(report));
  const [record, ...rest] = Array.from({ length: Math.ceil(packed.length / largestRecord) }, (_, index) =>
    packed.subarray(index * largestRecord, (index + 1) * largestRecord),
  );
  const rests = rest.length > 0 && { rests: rest.length };
  return { item: { ...summary, record, ...rests, schemaVersion: runVersion }, rest };
}

/**
 * The run in an item of the table and the pieces of its record, whichever version wrote it; `null` for one that cannot be read,
 * `undefined` where none was kept.
 */
export async function readStoredRun(
  { record: packed }: { record?: unknown },
  rest: unknown[] = [],
): Promise<Report | null | undefined> {
  if (packed === undefined) return undefined;
  const pieces = z.array(z.instanceof(Uint8Array)).safeParse([packed, ...rest]);
  if (!pieces.success) return null;
  try {
    const whole = Buffer.concat(pieces.data);
    const json = await unpackText(whole, Math.ceil(whole.length / largestRecord) * mostUnpacked);
    return record.parse(parseJson(json)) as unknown as Report;
  } catch {
    return null;
  }
}
