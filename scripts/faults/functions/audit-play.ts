import type { Call } from '../calls.ts';
import type { Item } from './deployment.ts';
import { type Life, stateOf } from './life.ts';
import { countNotifications } from './notifications.ts';
import type { Aftermath, Play } from './play.ts';

/** Without these a run knows nothing, or not that it is alone: it ends, and the next one does its work. */
const needed =
  /^dynamodb:(Query (FINDING|PACK|SEEN|REST|INCIDENT|MUTES|SETUP|SURVEY)|PutItem SCOPES|UpdateItem LEASE)$/;

/** Calls that only follow where another one went well. */
const followers = new Map([
  ['dynamodb:PutItem SEEN', ['dynamodb:Query REST', 'dynamodb:DeleteItem REST']],
  // A finding is written after its history, so that a run that is killed between the two repeats both.
  ['dynamodb:BatchWriteItem HISTORY', ['dynamodb:PutItem PACK']],
]);

/** The auditor: what goes wrong while a run remembers and saves is made up for by the next one, and people hear everything once. */
export function auditPlay(life: Life): Play {
  const { deployment, before, audit, drain } = life;
  const { lab, restore, items } = deployment;
  return {
    allottedMs: 60_000,
    async begin() {
      await restore(before);
      lab.deliveries.length = 0;
      lab.objects.clear();
    },
    act: () => audit(60_000),
    during: ({ id }, called, error) => [
      ...(id.startsWith('s3:') && error !== undefined
        ? [`a report that is not kept ends the run: ${String(error)}`]
        : []),
      ...(needed.test(id) || isOvertaken(error) ? [] : missedWrites(id, called)),
    ],
    async recover(call) {
      await drain();
      // A run that never learned that it has the lease cannot return it: the next one comes when it is over.
      if (call.id === 'dynamodb:UpdateItem LEASE') await restore((await items()).map(withoutLease));
      await audit(60_000);
      await drain();
      return aftermath(life, await items(), call);
    },
    close: deployment.close,
  };
}

const withoutLease = (item: Item): Item => (item['sk'] === 'LEASE' ? { ...item, until: 0 } : item);

const isOvertaken = (error: unknown): boolean => error instanceof Error && error.name === 'OvertakenError';

const writes = [
  'dynamodb:PutItem PACK',
  'dynamodb:UpdateItem INCIDENT',
  'dynamodb:PutItem SEEN',
  'dynamodb:PutItem SETUP',
  'dynamodb:PutItem RUN',
  'dynamodb:PutItem SURVEY',
  'dynamodb:DeleteItem REST',
  's3:PutObject report',
];

const missedWrites = (id: string, called: string[]): string[] =>
  writes
    .filter((write) => !called.includes(write) && !followers.get(id)?.includes(write))
    .map((write) => `${write} is not tried any more`);

/** Memory and news must be what they are when nothing goes wrong. */
export function aftermath(
  { deployment: { lab }, truth }: Life,
  items: Parameters<typeof stateOf>[0],
  { by }: Call,
): Aftermath {
  const notifications = countNotifications(lab.deliveries);
  const state = stateOf(items);
  const duplicates = [...notifications].reduce(
    (sum, [name, count]) => sum + Math.max(0, count - (truth.notifications.get(name) ?? count)),
    0,
  );
  return {
    duplicates,
    violations: [
      ...state.filter((each) => !truth.state.includes(each)).map((each) => `memory says: ${each}`),
      ...truth.state.filter((each) => !state.includes(each)).map((each) => `memory does not say: ${each}`),
      ...[...truth.notifications.keys()]
        .filter((name) => !notifications.has(name))
        .map((name) => `never arrived: ${name}`),
      ...[...notifications.keys()]
        .filter((name) => !truth.notifications.has(name))
        .map((name) => `arrived and is not so: ${name}`),
      ...(by === 'auditor' && duplicates > 0 ? [`${duplicates} messages arrived twice`] : []),
    ],
  };
}
