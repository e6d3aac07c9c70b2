import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import * as z from 'zod';
import { type Message, messageOf } from '../../core/notification/message.ts';
import { parseJson } from '../parse-json.ts';
import type { Guard } from './fence.ts';
import type { DigestedChange } from './findings/digested-change.ts';
import { areaOf, historyOf, type ItemKey, timeToLive } from './item-key.ts';
import { readItems, type TableAccess } from './items.ts';
import { packLines, unpackText } from './packed-text.ts';
import { readStoredHistory, storedHistory } from './shapes/stored-history.ts';
import { logSkipped } from './skipped-item.ts';
import type { OpenTable } from './table-client.ts';

/**
 * Everything that became of one finding, the oldest first, as it was reported then. A line that cannot be read is skipped and
 * reported.
 */
export async function readHistory(
  { client, table, onSkipped = logSkipped }: OpenTable,
  fingerprint: string,
): Promise<Message[]> {
  const place = { documents: DynamoDBDocumentClient.from(client), table };
  const [alone, packed] = await Promise.all([
    readItems<ItemKey>(place, historyOf(fingerprint)),
    readItems<ItemKey>(place, historyOf(areaOf(fingerprint))),
  ]);
  const lines = [
    ...alone.map((item) => ({ item, line: item as object })),
    ...(await Promise.all(packed.map(unpack))).flat(),
  ];
  const messages = lines.flatMap(({ item, line }) => {
    const message = line === null ? null : readStoredHistory(line);
    if (message === null) onSkipped('a line of history cannot be read and is not shown', item);
    return message?.fingerprint === fingerprint ? message : [];
  });
  // A run that was killed and repeated may have written a line twice.
  const known = new Map(messages.map((message) => [`${message.key} ${message.transition}`, message]));
  return [...known.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** The lines of an item; `null` for one that cannot be understood. */
async function unpack(item: ItemKey & { packed?: unknown }): Promise<{ item: ItemKey; line: object | null }[]> {
  try {
    const texts = (await unpackText(z.instanceof(Uint8Array).parse(item.packed), 2 * mostBytes)).split('\n');
    return texts.map((text) => ({ item, line: z.looseObject({}).parse(parseJson(text)) }));
  } catch {
    return [{ item, line: null }];
  }
}

/** Puts that DynamoDB takes in one request (API reference, "BatchWriteItem"). */
const mostPuts = 25;

/** Requests at a time. */
const batchesAtOnce = 4;

/** Bytes of JSON in one item, before they are packed; one line has at most three quarters of it (`core/lifecycle/truncate.ts`). */
const mostBytes = 250_000;

/** Milliseconds before what DynamoDB was too busy for is sent again, each time. */
const patience = [50, 100, 200, 400, 800];

/**
 * Writes the lines of history of all changes, those of an area together, under keys that are the same in every repeat of the run.
 * What is only noted has none. Answers with the areas whose lines could not be written, and why.
 */
export async function saveHistory(
  place: TableAccess,
  changes: DigestedChange[],
  { retentionDays }: Guard,
): Promise<Map<string, unknown>> {
  const notified = changes.filter(({ transition }) => transition !== 'noted');
  const areas = Map.groupBy(notified, ({ fingerprint }) => areaOf(fingerprint));
  const items = await Promise.all([...areas].map(([area, its]) => historyItems(area, its, retentionDays)));
  const all = items.flat();
  const failed = new Map<string, unknown>();
  const limit = pLimit(batchesAtOnce);
  const put = async (batch: HistoryItem[]): Promise<void> => {
    try {
      await putAll(place, batch);
    } catch (error) {
      // One item that DynamoDB refuses makes it refuse them all. A table that does not answer is not asked for each of them.
      const isRefused = error instanceof DynamoDBServiceException && error.name === 'ValidationException';
      if (isRefused && batch.length > 1) for (const item of batch) await put([item]);
      else for (const { area } of batch) failed.set(area, error);
    }
  };
  const batches = Array.from({ length: Math.ceil(all.length / mostPuts) }, (_, index) =>
    all.slice(index * mostPuts, (index + 1) * mostPuts),
  );
  await Promise.all(batches.map((batch) => limit(put, batch)));
  return failed;
}

interface HistoryItem {
  area: string;
  item: object;
}

async function historyItems(area: string, changes: DigestedChange[], retentionDays: number): Promise<HistoryItem[]> {
  const pieces: { lines: string[]; bytes: number; changes: DigestedChange[] }[] = [];
  for (const change of changes) {
    const text = JSON.stringify(storedHistory(messageOf(change, change.digest)));
    const bytes = Buffer.byteLength(text);
    const last = pieces.at(-1);
    if (last === undefined || last.bytes + bytes > mostBytes) pieces.push({ lines: [text], bytes, changes: [change] });
    else {
      last.lines.push(text);
      last.bytes += bytes;
      last.changes.push(change);
    }
  }
  return Promise.all(
    pieces.map(async ({ lines, changes: its }) => {
      const run = its[0]?.after.lastRun ?? '';
      const what = its.map(({ fingerprint, transition }) => `${fingerprint}#${transition}`).join('\n');
      const digest = hash('sha256', what).slice(0, 16);
      const ttl = Math.max(...its.map(({ after }) => timeToLive(after.changedAt, retentionDays)));
      const packed = await packLines(lines);
      return { area, item: { pk: historyOf(area), sk: `${run}#${digest}`, packed, ttl } };
    }),
  );
}

async function putAll({ documents, table }: TableAccess, items: HistoryItem[]): Promise<void> {
  let left = items.map(({ item }) => ({ PutRequest: { Item: { ...item } } }));
  for (const waitMs of [0, ...patience]) {
    if (left.length === 0) return;
    await pause(waitMs);
    const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
    left = (UnprocessedItems?.[table] ?? []) as typeof left;
  }
  if (left.length > 0) throw new Error(`${left.length} items of history were not written: DynamoDB is too busy`);
}
