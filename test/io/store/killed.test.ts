import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory, type Memory } from '../../../core/notification/memory.ts';
import type { Message } from '../../../core/notification/message.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { handOver } from '../../../io/notify/hand-over.ts';
import type { Delivery, Sink } from '../../../io/notify/sink.ts';
import { openStore, type Store } from '../../../io/store/store.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { auditOnce, defaultRules } from './audit-once.ts';
import { type FindingsTable, findingsTable } from './findings-table.ts';

/** What can go wrong, drawn at random: runs, the requests at which the process is killed, and the moods of the sinks. */
interface Schedule {
  /** For each run the causes that it finds. */
  runs: string[][];
  /** Requests to DynamoDB after which the process is killed, counted from the last start; the answer may be lost or the request. */
  kills: { after: number; lost: 'request' | 'answer' }[];
  moods: Mood[];
  /** Which record of the stream comes next, and whether it comes again. */
  stream: { pick: number; again: boolean }[];
}

/** `amnesia` = it has the message and says that it has not; `crash` = the notifier dies once it has the message. */
type Mood = 'sent' | 'retry' | 'refused' | 'amnesia' | 'crash';

const schedules: fc.Arbitrary<Schedule> = fc.record({
  runs: fc.array(fc.subarray(['a', 'b', 'c', 'd', 'e', 'f', 'g']), { minLength: 1, maxLength: 5 }),
  kills: fc.array(fc.record({ after: fc.integer({ min: 0, max: 25 }), lost: fc.constantFrom('request', 'answer') }), {
    maxLength: 6,
  }),
  moods: fc.array(fc.constantFrom<Mood>('sent', 'retry', 'refused', 'amnesia', 'crash'), { maxLength: 12 }),
  stream: fc.array(fc.record({ pick: fc.nat(), again: fc.boolean() }), { maxLength: 12 }),
});

class Killed extends Error {}

let findings: FindingsTable;
beforeAll(async () => {
  findings = await findingsTable();
});
afterAll(() => findings[Symbol.asyncDispose]());

const reportsOf = ({ runs }: Schedule): Report[] =>
  runs.map((causes, index) => {
    const at = new Date(Date.parse('2026-11-20T12:00:00Z') + index * 300_000).toISOString();
    const diagnoses = causes.map(
      (cause): Diagnosis => diagnosisOf({ cause, targetGroupArn: groupArn(cause), service: cause }),
    );
    return reportAt(at, diagnoses);
  });

/** The same runs in a world without failures: memory at the end, and every message on the way. */
function undisturbed(reports: Report[]): { memory: Memory; messages: Message[] } {
  let memory = emptyMemory();
  const messages: Message[] = [];
  for (const report of reports) {
    const { announcements, memory: after } = reconcileState(memory, report, defaultRules);
    messages.push(...[announcements.board, ...announcements.incidents].flatMap((news) => news?.message ?? []));
    memory = after;
  }
  return { memory, messages };
}

/** A process that is killed as planned: its store, and the incidents whose items the stream tells of. */
function startProcess(scope: string, kills: Schedule['kills'], records: string[]): { store: Store; end(): void } {
  const client = findings.connect();
  const kill = kills.shift();
  let requests = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const isLast = kill !== undefined && requests++ === kill.after;
      if (kill !== undefined && requests > kill.after + 1) throw new Killed();
      if (isLast && kill.lost === 'request') throw new Killed();
      const answer = await next(args);
      const { Key, ExpressionAttributeValues: values } = args.input as {
        Key?: { sk: string };
        ExpressionAttributeValues?: object;
      };
      if (values !== undefined && ':pending' in values) records.push(Key?.sk.slice('INCIDENT#'.length) ?? '');
      if (isLast) throw new Killed();
      return answer;
    },
    { step: 'initialize' },
  );
  return { store: openStore({ client, table: findings.table, scope }), end: () => client.destroy() };
}

/** Two sinks that share one supply of moods; when it is used up they are well. */
function sinksOf(moods: Mood[]): { sinks: Sink[]; got: Map<string, Message[]>; excuses: number } {
  const state = { got: new Map<string, Message[]>(), excuses: 0 };
  const sinkOf = (name: 'sns' | 'slack'): Sink => ({
    name,
    async send(message): Promise<Delivery> {
      const mood = moods.shift() ?? 'sent';
      if (mood === 'retry') return { kind: 'retry', afterMs: 60_000 };
      if (mood === 'refused') return { kind: 'refused', reason: 'channel_not_found' };
      state.got.set(name, [...(state.got.get(name) ?? []), message]);
      if (mood !== 'sent') state.excuses += 1;
      if (mood === 'crash') throw new Killed();
      return mood === 'amnesia' ? { kind: 'retry', afterMs: 60_000 } : { kind: 'sent' };
    },
  });
  return Object.assign(state, { sinks: [sinkOf('sns'), sinkOf('slack')] });
}

async function survive(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isKill(error)) return false;
    throw error;
  }
}

/** Of a killed process every write that was under way fails. */
const isKill = (error: unknown): boolean =>
  error instanceof Killed || (error instanceof AggregateError && error.errors.every(isKill));

let scopes = 0;

/** Lives through the schedule, then lets everything recover: what is left, and what the sinks got. */
async function live(schedule: Schedule, reports: Report[]) {
  const scope = `${account}/${region}/vpc-${scopes++}`;
  const kills = schedule.kills.map((kill) => ({ ...kill }));
  const records: string[] = [];
  const state = sinksOf([...schedule.moods]);
  const { got, sinks } = state;
  const options = { sinks, vpcId: 'vpc-0aaaaaaaaaaaaaa01', signal: AbortSignal.timeout(30_000), patienceMs: 0 };
  const stream = [...schedule.stream];
  const notify = (key: string) =>
    survive(async () => {
      const { store, end } = startProcess(scope, kills, []);
      try {
        await handOver(store, key, options);
      } finally {
        end();
      }
    });

  for (const report of reports) {
    const attempt = () =>
      survive(async () => {
        const { store, end } = startProcess(scope, kills, records);
        try {
          await auditOnce(store, report);
        } finally {
          end();
        }
      });
    // The scheduler invokes a run again that failed; a lease that a killed run left is its own.
    while (!(await attempt()));
    for (const { pick, again } of stream.splice(0, 3)) {
      if (records.length === 0) break;
      const [key = ''] = again ? records.slice(pick % records.length) : records.splice(pick % records.length, 1);
      await notify(key);
    }
  }
  const { store, end } = startProcess(scope, [], []);
  for (let owed = await store.pending(); owed.length > 0; owed = await store.pending()) {
    for (const { fingerprint } of owed) await survive(() => handOver(store, fingerprint, options));
  }
  const memory = await store.remember();
  end();
  return { memory, got, excuses: state.excuses };
}

const sorted = (memory: Memory): Memory => ({
  ...memory,
  findings: memory.findings.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
  incidents: memory.incidents.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
});

test('whatever is killed, hangs or comes twice: memory is that of an undisturbed life, and nobody misses the last word', async () => {
  let disturbed = 0;
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      const reports = reportsOf(schedule);
      const expected = undisturbed(reports);
      const { memory, got, excuses } = await live(schedule, reports);
      disturbed += schedule.kills.length + excuses;

      expect(sorted(memory)).toEqual(sorted(expected.memory));
      const keys = new Set(expected.messages.map(({ key }) => key));
      const last = new Map(expected.messages.map((message) => [message.fingerprint, message.key]));
      for (const name of ['sns', 'slack']) {
        const told = got.get(name) ?? [];
        for (const { key } of told) expect(keys).toContain(key);
        for (const key of last.values()) expect(told.map((message) => message.key)).toContain(key);
        // A summary that is overtaken before everybody has it is told with the next one.
        const lines = told.flatMap(({ summary }) => summary?.lines.map((line) => line.key) ?? []);
        const due = expected.messages.flatMap(({ summary }) => summary?.lines.map((line) => line.key) ?? []);
        expect(new Set(lines)).toEqual(new Set(due));
      }
      const total = [...got.values()].flat();
      const distinct = new Set([...got].flatMap(([name, told]) => told.map(({ key }) => `${name} ${key}`)));
      // A notifier that dies before it noted who has a message tells both sinks again, with the same key.
      expect(total.length - distinct.size).toBeLessThanOrEqual(2 * (excuses + schedule.kills.length));
    }),
    { numRuns: 60 },
  );
  expect(disturbed).toBeGreaterThan(60);
});
