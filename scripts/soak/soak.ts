import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import type { Report } from '../../core/model/report.ts';
import { emptyMemory, type Memory } from '../../core/notification/memory.ts';
import type { Message } from '../../core/notification/message.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import { reconcileState } from '../../core/notification/reconcile-state.ts';
import { handOver } from '../../io/notify/hand-over.ts';
import type { Delivery, Sink } from '../../io/notify/sink.ts';
import { OvertakenError } from '../../io/store/fence.ts';
import { openStore, type Store } from '../../io/store/store.ts';
import type { FindingsTable } from '../../test/io/store/findings-table.ts';
import { random } from '../accuracy/random.ts';
import { disturb, drawTrouble, isTrouble, Killed, type Trouble } from './disturbed-process.ts';
import type { State } from './states.ts';

/** What became of a life. */
export interface Tally {
  runs: number;
  /** Processes that were killed or could not write, and began again. */
  repeated: number;
  /** Runs that began while another one held the lease. */
  overlapping: number;
  /** Runs that were stalled until their lease had run out and another run had it, and then went on. */
  stalled: number;
  messages: number;
  delivered: number;
  /** Deliveries of what a sink had already. */
  duplicates: number;
  /** Messages that a sink never got, nor a newer one about the same incident. */
  lost: string[];
  /** What memory says otherwise than the oracle, which watched without any trouble. */
  wrong: string[];
}

interface Life {
  findings: FindingsTable;
  states: State[];
  runs: number;
  seed: number;
}

const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
const scope = '111122223333/eu-west-1/vpc-0aaaaaaaaaaaaaa01';
const sinkNames = ['sns', 'slack'] as const;

/** Lives through so many runs of the auditor, five minutes apart, with everything that goes wrong by the seed; then all recovers. */
export async function soak({ findings, states, runs, seed }: Life): Promise<Tally> {
  const { below, pick } = random(seed);
  const tally: Tally = {
    runs,
    repeated: 0,
    overlapping: 0,
    stalled: 0,
    messages: 0,
    delivered: 0,
    duplicates: 0,
    lost: [],
    wrong: [],
  };
  /** Keys of the messages of each incident, in the order in which they came to be owed. */
  const owed = new Map<string, string[]>();
  const got = new Map<string, Map<string, number>>(sinkNames.map((name) => [name, new Map()]));
  const records: string[] = [];
  let oracle: Memory = emptyMemory();

  const wrote = (incident: string, key: string): void => {
    const keys = owed.get(incident) ?? [];
    if (!keys.includes(key)) owed.set(incident, [...keys, key]);
    records.push(incident);
  };

  /** False where the process ended before its work did. */
  async function live(trouble: Trouble, act: (store: Store) => Promise<void>): Promise<boolean> {
    const client = findings.connect();
    disturb(client, trouble, { below, wrote });
    try {
      await act(openStore({ client, table: findings.table, scope }));
      return true;
    } catch (error) {
      if (!isTrouble(error)) throw error;
      return false;
    } finally {
      client.destroy();
    }
  }

  const sinkOf = (name: string, isWell: boolean): Sink => ({
    name,
    async send({ key }: Message): Promise<Delivery> {
      const mood = isWell ? 9 : below(12);
      if (mood === 0) return { kind: 'retry', afterMs: 60_000 };
      if (mood === 1) return { kind: 'refused', reason: 'channel_not_found' };
      const times = got.get(name);
      times?.set(key, (times.get(key) ?? 0) + 1);
      if (mood === 2) throw new Killed();
      // It has the message and says that it has not.
      return mood === 3 ? { kind: 'retry', afterMs: 60_000 } : { kind: 'sent' };
    },
  });

  const notify = (incident: string, isWell: boolean): Promise<boolean> =>
    live(isWell ? {} : drawTrouble({ below, pick }), async (store) => {
      const sinks = sinkNames.map((name) => sinkOf(name, isWell));
      await handOver(store, incident, { sinks, vpcId: 'vpc-0', signal: new AbortController().signal, patienceMs: 0 });
    });

  async function audit(store: Store, report: Report): Promise<void> {
    const lease = await store.acquire(report.run.id, Date.now() + 60_000);
    if (lease === null) throw new Error('the lease of a run that ended is still held');
    if (below(10) === 0) {
      // The scheduler was early: another run meets the lease and leaves everything alone.
      tally.overlapping += 1;
      await live({}, async (other) => {
        if ((await other.acquire(`${report.run.id} again`, Date.now() + 60_000)) !== null)
          tally.wrong.push(`${report.run.id}: two runs hold the lease`);
      });
    }
    const { changes, announcements, memory } = reconcileState(await store.remember(), report, rules);
    await store.save(changes, lease);
    await store.saveAnnouncements(announcements, lease);
    await store.saveSightings(memory.findings, lease);
    await store.release(lease);
  }

  /** A run that saw the account as it was, read memory, and lost its lease before it wrote; it wakes when `meanwhile` is over. */
  async function stall(report: Report, meanwhile: () => Promise<void>): Promise<void> {
    tally.stalled += 1;
    await live({}, async (store) => {
      const lease = await store.acquire(`${report.run.id} stalled`, Date.now() - 1);
      if (lease === null) throw new Error('the lease of a run that ended is still held');
      const { changes, announcements, memory } = reconcileState(await store.remember(), report, rules);
      await meanwhile();
      const attempts = [
        () => store.save(changes, lease),
        () => store.saveAnnouncements(announcements, lease),
        () => store.saveSightings(memory.findings, lease),
      ];
      for (const attempt of attempts) {
        const error = await attempt().catch((thrown: unknown) => thrown);
        if (!(error instanceof OvertakenError)) tally.wrong.push(`${report.run.id}: a run without a lease wrote`);
      }
      await store.release(lease);
    });
  }

  const [calm = pick(states)] = states;
  let state = pick(states);
  for (let run = 0; run < runs; run += 1) {
    if (below(3) === 0) state = pick(states);
    // A cause stays open while clients are not served: only where all is well again, memory and truth must be the same.
    if (run >= runs - 3) state = calm;
    const seen = run < runs - 3 && below(6) === 0 ? pick(state.partial) : state.whole;
    const report = at(seen, run);
    const runIt = async (): Promise<void> => {
      while (!(await live(run < runs - 3 ? drawTrouble({ below, pick }) : {}, (store) => audit(store, report))))
        tally.repeated += 1;
    };
    if (run < runs - 3 && below(12) === 0) await stall(at(pick(states).whole, run), runIt);
    else await runIt();
    oracle = inOrder(reconcileState(oracle, report, rules).memory);
    for (const incident of records.splice(0)) await notify(incident, false);
    if (run % 20 === 19) await compare(`run ${run + 1}`);
  }
  await live({}, async (store) => {
    for (let left = await store.pending(); left.length > 0; left = await store.pending()) {
      for (const { fingerprint } of left) await notify(fingerprint, true);
    }
  });
  await compare('the end');
  count();
  return tally;

  async function compare(when: string): Promise<void> {
    await live({}, async (store) => {
      const memory = await store.remember();
      for (const kind of ['findings', 'incidents'] as const) {
        if (texts(memory[kind]) !== texts(oracle[kind]))
          tally.wrong.push(
            `${when}: other ${kind} than the oracle: ${firstDifference(texts(memory[kind]), texts(oracle[kind]))}`,
          );
      }
      if (JSON.stringify(memory.board) !== JSON.stringify(oracle.board)) tally.wrong.push(`${when}: another board`);
    });
  }

  /** The last runs saw all of the calm account: what is open is what its report names. */
  function count(): void {
    const named = openIn(reconcileState(emptyMemory(), at(calm.whole, runs), rules).memory);
    if (openIn(oracle) !== named) tally.wrong.push(`the end: open is ${openIn(oracle)}, there is ${named}`);
    tally.messages = [...owed.values()].reduce((sum, keys) => sum + keys.length, 0);
    for (const [name, times] of got) {
      tally.delivered += times.size;
      tally.duplicates += [...times.values()].reduce((sum, each) => sum + each - 1, 0);
      for (const [incident, keys] of owed) {
        const last = keys.at(-1);
        if (last !== undefined && !times.has(last)) tally.lost.push(`${name} never got ${last} of ${incident}`);
      }
    }
  }
}

/** As the table returns it: what is read first depends on the order. */
const inOrder = (memory: Memory): Memory => ({
  ...memory,
  findings: memory.findings.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
  incidents: memory.incidents.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
});

/** Fingerprints of what is open. */
const openIn = ({ findings }: Memory): string =>
  findings
    .flatMap(({ status, fingerprint }) => (status === 'open' ? fingerprint : []))
    .toSorted()
    .join();

/** The report of a run that ended so many times five minutes after the first. */
function at(report: Report, run: number): Report {
  const moment = new Date(Date.parse('2026-11-20T00:00:00Z') + run * 300_000).toISOString();
  return { ...report, run: { ...report.run, id: moment, startedAt: moment, finishedAt: moment } };
}

/** JSON of all, in an order of its own, with keys in order. */
const texts = (all: readonly object[]): string =>
  all
    .map((each) => JSON.stringify(each, (_, value: unknown) => ordered(value)))
    .toSorted()
    .join('\n');

const ordered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The surroundings of the first place where two texts are not the same. */
function firstDifference(a: string, b: string): string {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const around = (text: string): string => text.slice(Math.max(0, from - 60), from + 60);
  return `${around(a)} is not ${around(b)}`;
}
