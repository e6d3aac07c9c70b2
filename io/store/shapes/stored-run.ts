import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import type { RunSummary } from '../../../core/lifecycle/run-summary.ts';
import type { Report } from '../../../core/model/report.ts';
import { severities } from '../../../core/model/severity.ts';
import { storedDiagnosis } from './stored-diagnosis.ts';

/** Of the items of runs as they are written now. Each version before stays readable: `test/io/store/old-items`. */
const runVersion = 1;

/** Bytes; an item takes 400 KB (Amazon DynamoDB, "Service quotas"), and the numbers have to fit too. */
const largestRecord = 380_000;

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

/** What the item of a run holds: its numbers, and what is needed to replay it, unless that is too large for an item. */
export async function storedRun(summary: RunSummary, report: Report) {
  const packed = await promisify(gzip)(JSON.stringify(report));
  return { ...summary, ...(packed.length <= largestRecord && { record: packed }), schemaVersion: runVersion };
}

/** The run in an item of the table, whichever version wrote it; `null` for one that cannot be read, `undefined` where none was kept. */
export async function readStoredRun({ record: packed }: { record?: unknown }): Promise<Report | null | undefined> {
  if (packed === undefined) return undefined;
  if (!(packed instanceof Uint8Array)) return null;
  try {
    return record.parse(JSON.parse((await promisify(gunzip)(packed)).toString())) as unknown as Report;
  } catch {
    return null;
  }
}
