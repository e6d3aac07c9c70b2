import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { secretsOf } from '../config/channel.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { secretsClient } from '../io/aws/secrets-client.ts';
import type { Examination } from '../io/doctor/examination.ts';
import { examineSecret } from '../io/doctor/secret.ts';
import { log } from '../io/log.ts';
import { emitRefusals } from '../io/metrics.ts';
import { handOver } from '../io/notify/hand-over.ts';
import { reportLinks } from '../io/notify/report-link.ts';
import type { Sink } from '../io/notify/sink.ts';
import { sinksOf } from '../io/notify/sinks.ts';
import { scopeOf } from '../io/store/item-key.ts';
import { scopesIn } from '../io/store/scopes.ts';
import { openStore } from '../io/store/store.ts';
import { tableClient } from '../io/store/table-client.ts';
import { onlyOrAll } from '../io/store/try-all.ts';

/** Asks for everything that is left over. */
export interface SweepEvent {
  sweep: true;
}

/** Asks whether the secrets can be used; tells nobody anything. */
export interface DoctorEvent {
  doctor: true;
}

/** What failed and is to come again; to the doctor's event what was examined. */
export interface NotifierAnswer extends DynamoDBBatchResponse {
  examinations?: Examination[];
}

/** Kept between invocations, so that connections and credentials are used again. */
let warm: Notifier | undefined;

interface Notifier {
  settings: Settings;
  client: DynamoDBClient;
  sinks: Sink[];
  linkTo: ((key: string) => Promise<string>) | undefined;
}

/**
 * Delivers what findings owe: those of the stream's records, or all in a sweep. A record fails when a sink asked for a
 * later try; what a sink refused stays owed until a sweep finds it fixed.
 */
export const handler = async (
  event: DynamoDBStreamEvent | SweepEvent | DoctorEvent,
  context: Context,
): Promise<NotifierAnswer> => {
  const settings = readSettings(process.env);
  if ('doctor' in event) return { batchItemFailures: [], examinations: await examineSecrets(settings) };
  warm ??= {
    settings,
    client: tableClient(),
    sinks: sinksOf(settings),
    linkTo: settings.reportBucket === undefined ? undefined : reportLinks(settings.reportBucket),
  };
  const debts = 'sweep' in event ? await allDebts(warm) : event.Records.flatMap(debtOf);
  const failed: string[] = [];
  const errors: unknown[] = [];
  for (const debt of debts) {
    try {
      // One after the other: Slack takes one message a second and channel.
      if (!(await settle(debt, warm, context))) failed.push(debt.itemIdentifier);
    } catch (error) {
      errors.push(error);
    }
  }
  // Not before the others had their turn: what cannot be read or noted for one incident says nothing of the next one.
  if (errors.length > 0) throw onlyOrAll(errors);
  return { batchItemFailures: 'sweep' in event ? [] : failed.map((itemIdentifier) => ({ itemIdentifier })) };
};

async function examineSecrets({ slackWebhookSecret, channels }: Settings): Promise<Examination[]> {
  const client = secretsClient();
  try {
    const needs = secretsOf({ slackWebhookSecret, channels: channels.map(({ to }) => to) });
    return await Promise.all(needs.map((need) => examineSecret(client, need)));
  } finally {
    client.destroy();
  }
}

interface Debt {
  scope: string;
  fingerprint: string;
  /** Sequence number of the record; empty in a sweep. */
  itemIdentifier: string;
}

function debtOf({ dynamodb }: DynamoDBRecord): Debt[] {
  const image = dynamodb?.NewImage;
  const scope = scopeOf(image?.['pk']?.S ?? '');
  const fingerprint = image?.['pending']?.M?.['fingerprint']?.S;
  if (scope === undefined || fingerprint === undefined) return [];
  return [{ scope, fingerprint, itemIdentifier: dynamodb?.SequenceNumber ?? '' }];
}

async function allDebts({ client, settings: { table } }: Notifier): Promise<Debt[]> {
  const scopes = await scopesIn(client, table);
  const debts = scopes.map(async (scope) => {
    const pending = await openStore({ client, table, scope }).pending();
    return pending.map(({ fingerprint }) => ({ scope, fingerprint, itemIdentifier: '' }));
  });
  return (await Promise.all(debts)).flat();
}

/** Milliseconds kept back to note who has a message; a write takes three tries of five seconds at most. */
const noteMs = 16_000;
/** Milliseconds below which no other message is begun: it has to be read, sent and noted. */
const reserveMs = noteMs + 20_000;
/** Milliseconds that one message may take at most: a sink that hangs must not use up what the others need. */
const longestMs = 30_000;
const patienceMs = 5000;

/** True when nobody has to be asked again soon. */
async function settle({ scope, fingerprint }: Debt, notifier: Notifier, context: Context): Promise<boolean> {
  const leftMs = context.getRemainingTimeInMillis();
  if (leftMs < reserveMs) return false;
  const { client, settings, sinks, linkTo } = notifier;
  const store = openStore({ client, table: settings.table, scope });
  const vpcId = scope.split('/')[2] ?? 'all';
  const progress = await handOver(store, fingerprint, {
    sinks,
    routes: settings.routes,
    accountName: settings.accountName,
    vpcId,
    patienceMs,
    signal: AbortSignal.timeout(Math.min(longestMs, leftMs - noteMs)),
    ...(linkTo && { linkTo }),
  });
  if (progress === null) return true;
  const level = progress.refused.length > 0 ? 'error' : 'info';
  const { deliveredTo, postponed, refused } = progress;
  log(level, 'delivered', { fingerprint, deliveredTo, postponed, refused });
  if (progress.refused.length > 0) emitRefusals({ Deployment: settings.name }, progress.refused.length);
  return progress.postponed.length === 0;
}
