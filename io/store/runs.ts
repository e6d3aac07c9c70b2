import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RunSummary } from '../../core/lifecycle/run-summary.ts';
import type { Report } from '../../core/model/report.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readPages, type TableAccess } from './items.ts';
import { readStoredRun, storedRun } from './shapes/stored-run.ts';

const retentionDays = 90;

/** Keeps a run for 90 days: its numbers, and what is needed to replay it, unless that is too large for an item. */
export async function saveRun(
  { documents, table, keys }: TableAccess,
  summary: RunSummary,
  record: Report,
): Promise<void> {
  const Item = {
    ...keys.run(summary.runId),
    ...(await storedRun(summary, record)),
    ttl: timeToLive(summary.finishedAt, retentionDays),
  };
  await documents.send(new PutCommand({ TableName: table, Item }));
}

/**
 * The runs that can be replayed, the oldest first, read as they are requested: months of them do not fit into memory together. One
 * that cannot be read is skipped and reported.
 */
export async function* readRuns(place: TableAccess): AsyncIterable<Report> {
  const { pk, sk } = place.keys.run('');
  for await (const items of readPages<ItemKey & { record?: unknown }>(place, pk, sk)) {
    for (const item of items) {
      const report = await readStoredRun(item);
      if (report === null) place.onSkipped('a stored run cannot be read and is not replayed', item);
      else if (report !== undefined) yield report;
    }
  }
}
