import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import type { Baseline } from '../../core/diagnosis/baseline.ts';
import type { RunSummary } from '../../core/lifecycle/run-summary.ts';
import { sightingsOf, withSightings } from '../../core/lifecycle/sightings.ts';
import type { Change, Finding } from '../../core/model/finding.ts';
import type { Report } from '../../core/model/report.ts';
import type { Memory } from '../../core/notification/memory.ts';
import type { Announcements } from '../../core/notification/situation.ts';
import type { SurveyMemory } from '../../core/survey/survey-memory.ts';
import type { Receipt } from '../notify/sink.ts';
import { readBaselines, saveBaseline } from './baselines.ts';
import { openFindings } from './findings/findings.ts';
import { pendingOf, readOutbox, readWholeOutbox, saveOutboxEntry } from './incidents.ts';
import { itemKeys } from './item-key.ts';
import { readItem } from './items.ts';
import { acquireLease, assertHeld, fenceBeside, type Lease, releaseLease } from './lease.ts';
import { listMutes } from './mutes.ts';
import { isBoard, type Pending } from './outbox.ts';
import { markDelivered, removePending } from './pending.ts';
import { readRuns, saveRun } from './runs.ts';
import { readStoredOutbox } from './shapes/stored-outbox.ts';
import { readSightings, saveSightings } from './sightings.ts';
import { logSkipped, type OnSkipped } from './skipped-item.ts';
import { readSurveyMemory, saveSurveyMemory } from './survey-memory.ts';
import { tryAll } from './try-all.ts';

export interface StoreOptions {
  client: DynamoDBClient;
  /** Name of a table with the keys `pk` and `sk` and the expiry `ttl`. */
  table: string;
  /** `<account>/<region>/<vpcId or all>`: what one auditor looks at. */
  scope: string;
  /** Days for which resolved findings and the history are kept. */
  retentionDays?: number;
  /** Without it, skipped items are logged. */
  onSkipped?: OnSkipped;
}

/** The memory of one scope between runs. Every write is on condition of what was read and of the lease. */
export interface Store {
  /** Takes the lease until the given epoch milliseconds; `null` while another owner has it. */
  acquire(owner: string, untilMs: number): Promise<Lease | null>;
  /** Lets a run about single target groups write until then beside whoever has the lease; `null` before the first run of all. */
  beside(owner: string, untilMs: number): Promise<Lease | null>;
  release(lease: Lease): Promise<void>;
  remember(): Promise<Memory>;
  /** What the last survey left to this one. */
  rememberSurvey(): Promise<SurveyMemory>;
  /** Writes what is to be remembered of a survey, as far as it differs from before. */
  saveSurvey(memory: { before: SurveyMemory; after: SurveyMemory; at: string }): Promise<void>;
  /** Writes each changed finding with its line of history; throws when one was written by another run, or the lease has run out. */
  save(changes: Change[], lease: Lease): Promise<void>;
  /** Writes when the open findings were last seen; throws when a later run has. */
  saveSightings(findings: Finding[], lease: Lease): Promise<void>;
  /** Writes the board, then each incident, with the message that it owes; throws when one was written by another run. */
  saveAnnouncements(announcements: Announcements, lease: Lease): Promise<void>;
  saveBaselines(baselines: Map<string, Baseline>, at: string): Promise<void>;
  /** Keeps a run for 90 days, in numbers and to be replayed. */
  saveRun(summary: RunSummary, record: Report): Promise<void>;
  /** The runs that can be replayed, the oldest first. */
  runs(): AsyncIterable<Report>;
  /** Messages that somebody still waits for. */
  pending(): Promise<Pending[]>;
  /** The message that one incident owes now. */
  owed(incident: string): Promise<Pending | null>;
  /** Notes who has the message, and what they gave for the next one; nothing happens when a newer one has taken its place. */
  deliveredTo(incident: string, key: string, sinks: string[], receipts?: Record<string, Receipt>): Promise<void>;
  /** Everybody has the message; nothing happens when a newer one has taken its place. */
  delivered(incident: string, key: string, receipts?: Record<string, Receipt>): Promise<void>;
}

const writesAtOnce = 8;

/** Opens the memory of one scope. */
export function openStore({ client, table, scope, retentionDays = 180, onSkipped = logSkipped }: StoreOptions): Store {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const keys = itemKeys(scope);
  const place = { documents, table, keys, onSkipped };
  const lease = { documents, table, key: keys.lease };
  const limit = pLimit(writesAtOnce);
  const stored = openFindings(place);
  const each = <Item>(items: Iterable<Item>, write: (item: Item) => Promise<void>): Promise<void> =>
    tryAll([...items].map((item) => limit(write, item)));

  return {
    async acquire(owner, untilMs) {
      await documents.send(new PutCommand({ TableName: table, Item: keys.entry }));
      return acquireLease(lease, owner, untilMs);
    },
    beside: (owner, untilMs) => fenceBeside(lease, owner, untilMs),
    release: (held) => releaseLease(lease, held),
    async remember() {
      const [findings, sightings, known, mutes, baselines] = await Promise.all([
        stored.read(),
        readSightings(place),
        readWholeOutbox(place),
        listMutes({ client, table, onSkipped }),
        readBaselines(place),
      ]);
      return {
        findings: sightings === null ? findings : withSightings(findings, sightings),
        incidents: known.flatMap((entry) => (isBoard(entry) ? [] : entry)),
        board: known.find(isBoard) ?? null,
        mutes,
        baselines,
      };
    },
    rememberSurvey: () => readSurveyMemory(place),
    saveSurvey: (memory) => saveSurveyMemory(place, memory),
    async save(changes, held) {
      await assertHeld(lease, held);
      await stored.save(changes, { fence: held.fence, retentionDays });
    },
    async saveSightings(findings, held) {
      await assertHeld(lease, held);
      const { fence } = held;
      const sightings = sightingsOf(findings);
      if (sightings !== null) await saveSightings(place, sightings, fence);
    },
    async saveAnnouncements({ board, incidents }, held) {
      await assertHeld(lease, held);
      const guard = { fence: held.fence, retentionDays };
      // The board first: it says which incidents it has told, should the run be killed here.
      if (board !== null) await saveOutboxEntry(place, { ...board, after: board.board }, guard);
      await each(incidents, (update) => saveOutboxEntry(place, { ...update, after: update.incident }, guard));
    },
    saveBaselines: (baselines, at) => each(baselines, (entry) => saveBaseline(place, entry, { at, retentionDays })),
    saveRun: (summary, record) => saveRun(place, summary, record),
    runs: () => readRuns(place),
    pending: async () => (await readOutbox(place)).flatMap((entry) => pendingOf(entry) ?? []),
    async owed(incident) {
      const item = await readItem<object>(place, keys.incident(incident));
      const entry = item === undefined ? null : readStoredOutbox(item);
      return entry === null ? null : pendingOf(entry);
    },
    deliveredTo: (incident, key, sinks, receipts = {}) => markDelivered(place, { incident, key }, { sinks, receipts }),
    delivered: (incident, key, receipts = {}) => removePending(place, { incident, key }, receipts),
  };
}
