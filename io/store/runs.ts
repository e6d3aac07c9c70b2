import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RunSummary } from '../../core/lifecycle/run-summary.ts';
import type { Report } from '../../core/model/report.ts';
import { timeToLive } from './item-key.ts';
import { readPages, type TableAccess } from './items.ts';

type RunItem = RunSummary & { record?: Uint8Array };

const retentionDays = 90;

/** Bytes; an item takes 400 KB (Amazon DynamoDB, "Service quotas"), and the numbers have to fit too. */
const largestRecord = 380_000;

/** Keeps a run for 90 days: its numbers, and what is needed to replay it, unless that is too large for an item. */
export async function saveRun(
  { documents, table, keys }: TableAccess,
  summary: RunSummary,
  record: Report,
): Promise<void> {
  const packed = await promisify(gzip)(JSON.stringify(record));
  const Item = {
    ...keys.run(summary.runId),
    ...summary,
    ttl: timeToLive(summary.finishedAt, retentionDays),
    ...(packed.length <= largestRecord && { record: packed }),
  };
  await documents.send(new PutCommand({ TableName: table, Item }));
}

/** The runs that can be replayed, the oldest first, read as they are asked for: months of them do not fit into memory together. */
export async function* readRuns(place: TableAccess): AsyncIterable<Report> {
  const { pk, sk } = place.keys.run('');
  for await (const items of readPages<RunItem>(place, pk, sk)) {
    for (const { record } of items)
      if (record !== undefined) yield JSON.parse((await promisify(gunzip)(record)).toString());
  }
}
