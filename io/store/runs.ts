import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RunSummary } from '../../core/lifecycle/run-summary.ts';
import type { Report } from '../../core/model/report.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readItems, readPages, type TableAccess } from './items.ts';
import { readStoredRun, storedRun } from './shapes/stored-run.ts';

const retentionDays = 90;

/** Keeps a run for 90 days: its numbers, and what is needed to replay it, in as many items as that takes. */
export async function saveRun(
  { documents, table, keys }: TableAccess,
  summary: RunSummary,
  record: Report,
): Promise<void> {
  const ttl = timeToLive(summary.finishedAt, retentionDays);
  const { item, rest } = await storedRun(summary, record);
  // The run itself last: whoever finds it finds all of it.
  for (const [index, piece] of rest.entries()) {
    const Item = { ...keys.record(summary.runId, index + 1), record: piece, ttl };
    await documents.send(new PutCommand({ TableName: table, Item }));
  }
  await documents.send(new PutCommand({ TableName: table, Item: { ...keys.run(summary.runId), ...item, ttl } }));
}

/**
 * The runs that can be replayed, the oldest first, read as they are requested: months of them do not fit into memory together. One
 * that cannot be read is skipped and reported.
 */
export async function* readRuns(place: TableAccess): AsyncIterable<Report> {
  const { pk, sk } = place.keys.run('');
  for await (const items of readPages<ItemKey & { record?: unknown; rests?: number }>(place, pk, sk)) {
    for (const item of items) {
      const report = await readStoredRun(item, await restOf(place, item.sk.slice(sk.length), item.rests ?? 0));
      if (report === null) place.onSkipped('a stored run cannot be read and is not replayed', item);
      else if (report !== undefined) yield report;
    }
  }
}

/** The further pieces of the record of a run. */
async function restOf(place: TableAccess, runId: string, rests: number): Promise<unknown[]> {
  if (rests === 0) return [];
  const { pk, sk } = place.keys.record(runId);
  const pieces = await readItems<{ record?: unknown }>(place, pk, sk);
  return pieces.slice(0, rests).map(({ record }) => record);
}
