import { UserError } from '../config/user-error.ts';
import type { RunSummary } from '../core/lifecycle/run-summary.ts';
import { isDistributed } from '../core/survey/scale.ts';
import { type HandOver, openHandOver } from '../io/distributed/hand-over.ts';
import { joinStage, type PartOutcome } from '../io/distributed/join-stage.ts';
import { networkStage } from '../io/distributed/network-stage.ts';
import { partStage } from '../io/distributed/part-stage.ts';
import { handedOver, type KeptReading, type Network, type PartResult, type Plan } from '../io/distributed/plan.ts';
import { surveyStage } from '../io/distributed/survey-stage.ts';
import { leavingAlone } from '../io/store/fence.ts';
import type { Lease } from '../io/store/lease.ts';
import { openStore, type Store } from '../io/store/store.ts';
import { tableClient } from '../io/store/table-client.ts';
import { closeRun, recounted } from './close-run.ts';
import type { Invocation } from './invocation.ts';

/** One stage of a run that many functions share; `lib/state-machine.ts` says which follows which. */
export type StageEvent = {
  /** Scheduled time, RFC 3339: the identity of the run. */
  time: string;
} & (
  | { stage: 'survey' }
  | { stage: 'network' }
  | { stage: 'part'; index: number }
  | { stage: 'join'; lease: Lease; parts: PartEnd[] }
);

/** What the engine says of one part; with the name of the error where its function failed. */
interface PartEnd {
  index: number;
  error?: string;
}

/** What the survey answers: how the run goes on, and for many functions where the engine finds the parts. */
type Course =
  | { course: 'skipped' | 'function'; time: string }
  | { course: 'distributed'; time: string; lease: Lease; items: string };

/** What a stage answers to the engine. */
export type StageAnswer = Course | { index: number } | Record<string, never> | RunSummary;

/** Milliseconds for which a run that many functions share keeps the lease; the engine ends it before. */
const leaseMs = 30 * 60_000;

/** Milliseconds that a part may take: an Express execution ends after five minutes (Step Functions quotas). */
const longestPartMs = 280_000;

/** Does one stage; each reads what the stages before it left in the bucket. */
export async function runStage(event: StageEvent, invocation: Invocation): Promise<StageAnswer> {
  const { planBucket: bucket } = invocation.settings;
  if (bucket === undefined)
    throw new UserError('the setting `planBucket` is missing; set `scale` in the configuration.');
  const place = openHandOver({ bucket, prefix: `${invocation.owner}/${invocation.id}` });
  try {
    switch (event.stage) {
      case 'survey':
        return await withStore(invocation, (store) => survey(invocation, store, place));
      case 'network':
        await place.put(
          handedOver.network,
          await networkStage((await left<Plan>(place, 'plan')).inventory, invocation),
        );
        return {};
      case 'part':
        return await part(event.index, invocation, place);
      case 'join':
        return await withStore(invocation, (store) => join(event, { invocation, store, place }));
    }
  } finally {
    place.close();
  }
}

async function withStore<Answer>(
  { settings, owner }: Invocation,
  use: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  const client = tableClient();
  try {
    const { table, findingsRetentionDays: retentionDays } = settings;
    return await use(openStore({ client, table, scope: owner, retentionDays }));
  } finally {
    client.destroy();
  }
}

async function survey(invocation: Invocation, store: Store, place: HandOver): Promise<Course> {
  const { id: time, settings } = invocation;
  const known = await store.rememberSurvey();
  if (!isDistributed(settings.scale, known)) return { course: 'function', time };
  const lease = await store.acquire(time, Date.now() + leaseMs);
  if (lease === null) return { course: 'skipped', time };
  const remembered = { memory: await store.remember(), survey: known };
  const plan = await surveyStage({ ...invocation, remembered });
  await place.put(handedOver.plan, plan);
  const items = await place.putItems(plan.parts.map((_, index) => ({ index })));
  return { course: 'distributed', time, lease, items };
}

async function part(index: number, invocation: Invocation, place: HandOver): Promise<{ index: number }> {
  const endsAt = Math.min(invocation.endsAt, Date.now() + longestPartMs);
  const [plan, network] = await Promise.all([left<Plan>(place, 'plan'), left<Network>(place, 'network')]);
  const clusters = plan.parts[index] ?? [];
  const { result, kept } = await partStage(plan, network, { ...invocation, endsAt, clusters });
  await place.put(handedOver.readings(index), kept);
  // Last, because the join counts a part by it.
  await place.put(handedOver.part(index), result);
  return { index };
}

interface Joining {
  invocation: Invocation;
  store: Store;
  place: HandOver;
}

async function join(
  { lease, parts }: StageEvent & { stage: 'join' },
  { invocation, store, place }: Joining,
): Promise<RunSummary> {
  try {
    const [plan, network, memory, survey] = await Promise.all([
      left<Plan>(place, 'plan'),
      left<Network>(place, 'network'),
      store.remember(),
      store.rememberSurvey(),
    ]);
    const errors = new Map(parts.map(({ index, error }) => [index, error]));
    const outcomes = await Promise.all(
      plan.parts.map((names, index) => outcomeOf({ names, index, error: errors.get(index) }, place)),
    );
    const remembered = { memory, survey };
    const save = (changes: Parameters<Store['save']>[0]) => leavingAlone(store.save(changes, lease));
    const run = await joinStage({ plan, network, parts: outcomes }, { ...invocation, remembered, save });
    const audited = recounted(run, { id: invocation.id, remembered });
    return await closeRun(audited, { store, lease, invocation, isWhole: true });
  } finally {
    await store.release(lease);
  }
}

async function outcomeOf(
  { names, index, error }: { names: string[]; index: number; error: string | undefined },
  place: HandOver,
): Promise<PartOutcome> {
  const result = error === undefined ? await place.get<PartResult>(handedOver.part(index)) : undefined;
  if (result === undefined) return { names, error: error ?? 'no answer' };
  return { names, result, readings: () => left<KeptReading[]>(place, handedOver.readings(index)) };
}

async function left<Value>(place: HandOver, name: string): Promise<Value> {
  const value = await place.get<Value>(name);
  if (value === undefined) throw new Error(`${name} is missing: an earlier stage did not write it, or it has expired`);
  return value;
}
