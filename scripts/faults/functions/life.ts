import { randomUUID } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { settleWith } from '../../../lab/faults/incident.ts';
import type { Scenario } from '../../../lab/scenario.ts';
import { automodeUnsupportedAnnotation } from '../../../lab/scenarios/automode-unsupported-annotation.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../../lab/scenarios/pod-crashloop.ts';
import { podOomkilled } from '../../../lab/scenarios/pod-oomkilled.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster } from '../../../lab/world/cluster.ts';
import type { World } from '../../../lab/world/world.ts';
import { type Deployment, deploy, type Item, served } from './deployment.ts';
import { fresh } from './fresh.ts';
import { contextOf } from './lambda-context.ts';
import { countNotifications } from './notifications.ts';

/** A deployment in the middle of its life: one incident is known and over, others are there and not known yet. */
export interface Life {
  deployment: Deployment;
  /** The table before the run that notices, and after it, with messages that nobody has. */
  before: Item[];
  after: Item[];
  /** What the stream says of that run. */
  records: DynamoDBStreamEvent;
  /** What is so when nothing went wrong: what memory holds and which news arrived, each how often. */
  truth: { state: string[]; notifications: Map<string, number> };
  audit(remainingMs: number): Promise<unknown>;
  notify(event: Parameters<Notify>[0], remainingMs?: number): ReturnType<Notify>;
  /** Tells the notifier of all records of the stream, and of what they bring about. */
  drain(): Promise<void>;
}

type Notify = typeof import('../../../lambda/notifier.ts')['handler'];
type Audit = typeof import('../../../lambda/auditor.ts')['handler'];

/** Milliseconds that Lambda gives the notifier. */
export const notifierMs = 120_000;

/** Lives up to the moment; the environment must be that of the deployment from then on. */
export async function live(): Promise<Life> {
  const deployment = await deploy(worldWith(podCrashloop, healthy));
  const { lab, proxy, env, items, restore, takeRecords } = deployment;
  Object.assign(process.env, env);
  let minute = 0;

  const audit = async (remainingMs: number): Promise<unknown> => {
    const { handler } = await fresh<{ handler: Audit }>('auditor');
    minute += 1;
    return handler(
      { time: new Date(Date.UTC(2026, 10, 29, 10, minute)).toISOString() },
      contextOf(randomUUID(), remainingMs),
    );
  };
  const notify: Life['notify'] = async (event, remainingMs = notifierMs) => {
    const { handler } = await fresh<{ handler: Notify }>('notifier');
    return handler(event, contextOf(randomUUID(), remainingMs));
  };
  const drain = async (): Promise<void> => {
    for (let records = takeRecords(); records.Records.length > 0; records = takeRecords()) await notify(records);
  };

  await audit(60_000);
  await drain();
  const before = withRest(await items());
  await lab.apply(served(worldWith(healthy, podOomkilled), deployment));
  await restore(before);
  lab.deliveries.length = 0;
  await audit(60_000);
  const records = takeRecords();
  const after = await items();
  await notify(records);
  await drain();
  const truth = { state: stateOf(await items()), notifications: countNotifications(lab.deliveries) };
  if (truth.notifications.size < 18)
    throw new Error(`the life has too few notifications: ${[...truth.notifications.keys()].join('; ')}`);
  proxy.spare();
  return { deployment, before, after, records, truth, audit, notify, drain };
}

function worldWith(first: Scenario, second: Scenario): World {
  const world = buildAccount({ network: '127.63' });
  for (const name of ['shop', 'bank']) addCluster(world, { name });
  return settleWith(world, [
    { cluster: 'shop', namespace: 'web', service: 'images', scenario: first },
    { cluster: 'shop', namespace: 'web', service: 'store', scenario: second },
    {
      cluster: 'bank',
      namespace: 'cards',
      service: 'vault',
      scenario: second === healthy ? healthy : automodeUnsupportedAnnotation,
    },
  ]);
}

/** The first run left a part of its list elsewhere, which the next one has to remove. */
function withRest(items: Item[]): Item[] {
  const seen = items.find(({ sk }) => sk === 'SEEN');
  if (seen === undefined) throw new Error('nothing was seen');
  const rest = { pk: seen['pk'], sk: `REST#SEEN#${seen['fence']}#0`, entries: [], fence: seen['fence'] };
  return [...items.map((item) => (item === seen ? { ...item, rests: 1 } : item)), rest];
}

const findingsIn = (packed: Uint8Array): string[] =>
  brotliDecompressSync(packed)
    .toString()
    .split('\n')
    .map((line): { fingerprint: string; status: string } => JSON.parse(line))
    .map(({ fingerprint, status }) => `FINDING#${fingerprint} is ${status}`);

/** What memory says of findings and incidents, without what depends on how often it was written. */
export const stateOf = (items: Item[]): string[] =>
  items
    .flatMap(({ sk, packed, resolvedAt, pending }) => {
      if (String(sk).startsWith('PACK#')) return findingsIn(packed as Uint8Array);
      if (!String(sk).startsWith('INCIDENT#')) return [];
      return [`${sk} is ${resolvedAt === null ? 'open' : 'over'}${pending === undefined ? '' : ' and owes a message'}`];
    })
    .toSorted();
