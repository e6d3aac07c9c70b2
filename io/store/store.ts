import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import type { Change, Remembered } from '../../core/change.ts';
import type { RunSummary } from '../../core/run-summary.ts';
import { type Pending, readFinding, readFindings, remembered } from './finding-items.ts';
import { itemKeys, timeToLive } from './item-key.ts';
import { acquireLease, type Lease, releaseLease } from './lease.ts';
import { noteSinks, removePending } from './pending.ts';
import { saveChange } from './save-change.ts';

export interface StoreOptions {
  client: DynamoDBClient;
  /** Name of a table with the keys `pk` and `sk` and the expiry `ttl`. */
  table: string;
  /** `<account>/<region>/<vpcId or all>`: what one auditor looks at. */
  scope: string;
  /** Days for which resolved findings and the history are kept. */
  retentionDays?: number;
}

/** The memory of one scope between runs. Every write is one conditional write of one item. */
export interface Store {
  /** Takes the lease until the given epoch milliseconds; `null` while another owner has it. */
  acquire(owner: string, untilMs: number): Promise<Lease | null>;
  release(lease: Lease): Promise<void>;
  /** Everything known, open and resolved. */
  remember(): Promise<Remembered[]>;
  /** Writes each change together with the message that it owes; throws when a finding was written by another run. */
  save(changes: Change[]): Promise<void>;
  /** Keeps a run in numbers for 90 days. */
  saveRun(summary: RunSummary): Promise<void>;
  /** Messages that somebody still waits for. */
  pending(): Promise<Pending[]>;
  /** The message that one finding owes now. */
  owed(fingerprint: string): Promise<Pending | null>;
  /** Notes who has the message; nothing happens when a newer one has taken its place. */
  deliveredTo(fingerprint: string, key: string, sinks: string[]): Promise<void>;
  /** Everybody has the message; nothing happens when a newer one has taken its place. */
  delivered(fingerprint: string, key: string): Promise<void>;
}

const writesAtOnce = 8;

/** Opens the memory of one scope. */
export function openStore({ client, table, scope, retentionDays = 180 }: StoreOptions): Store {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const keys = itemKeys(scope);
  const place = { documents, table, keys };
  const lease = { documents, table, key: keys.lease };
  const limit = pLimit(writesAtOnce);
  const put = (Item: Record<string, unknown>) => documents.send(new PutCommand({ TableName: table, Item }));

  return {
    async acquire(owner, untilMs) {
      await put(keys.entry);
      return acquireLease(lease, owner, untilMs);
    },
    release: (held) => releaseLease(lease, held),
    remember: async () => (await readFindings(place)).map(remembered),
    async save(changes) {
      await Promise.all(changes.map((change) => limit(() => saveChange(place, change, retentionDays))));
    },
    async saveRun(summary) {
      await put({ ...keys.run(summary.runId), ...summary, ttl: timeToLive(summary.finishedAt, 90) });
    },
    pending: async () =>
      (await readFindings(place, 'attribute_exists(pending)')).flatMap(({ pending }) => pending ?? []),
    owed: async (fingerprint) => (await readFinding(place, fingerprint))?.pending ?? null,
    deliveredTo: (fingerprint, key, sinks) => noteSinks(place, { fingerprint, key }, sinks),
    delivered: (fingerprint, key) => removePending(place, { fingerprint, key }),
  };
}
