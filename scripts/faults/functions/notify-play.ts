import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Call } from '../calls.ts';
import { aftermath } from './audit-play.ts';
import { type Life, notifierMs } from './life.ts';
import { type ChannelName, countNotifications, notificationsOf } from './notifications.ts';
import type { Play } from './play.ts';

const channels: ChannelName[] = ['sns', 'eventbridge', 'app', 'webhook', 'teams', 'pager'];

/** Which channels a call is needed for; a call of the table for all. */
function touchedBy({ id }: Call): ChannelName[] {
  if (id.startsWith('dynamodb:')) return channels;
  if (id.startsWith('secretsmanager:')) return ['app', 'webhook', 'teams', 'pager'];
  const one = touched.find(([start]) => id.startsWith(start));
  if (one === undefined) throw new Error(`no channel needs ${id}`);
  return [one[1]];
}

const touched: [start: string, channel: ChannelName][] = [
  ['sns:', 'sns'],
  ['events:', 'eventbridge'],
  ['slack:chat.', 'app'],
  ['slack:webhook', 'webhook'],
  ['teams:', 'teams'],
  ['pagerduty:', 'pager'],
];

/** What the event source does with a record before it gives it up. */
const retries = 5;

/** The notifier: whoever can be told is told at once and once, the others when it goes right again. */
export function notifyPlay(life: Life): Play {
  const { deployment, after, records, truth, notify, drain } = life;
  const { lab, restore, items } = deployment;
  let left: DynamoDBStreamEvent['Records'] = [];
  const truthOf = (channel: ChannelName) =>
    [...truth.notifications.keys()].filter((name) => name.startsWith(`${channel}: `));

  return {
    allottedMs: notifierMs,
    async begin() {
      await restore(after);
      lab.deliveries.length = 0;
      left = records.Records;
    },
    async act({ id }) {
      if (id.startsWith('dynamodb:Query')) {
        await notify({ sweep: true });
        return;
      }
      const { batchItemFailures } = await notify(records);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      left = left.filter(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
    },
    during(call, _called, error) {
      if (call.id.startsWith('dynamodb:')) return [];
      const spared = channels.filter((channel) => !touchedBy(call).includes(channel));
      const notifications = countNotifications(
        lab.deliveries.filter((delivery) => notificationsOf(delivery).some(({ channel }) => spared.includes(channel))),
      );
      return [
        ...(error === undefined ? [] : [`threw ${String(error)}`]),
        ...spared
          .flatMap(truthOf)
          .filter((name) => !notifications.has(name))
          .map((name) => `is held up: ${name}`),
        ...[...notifications]
          .filter(([name, count]) => count > (truth.notifications.get(name) ?? 0))
          .map(([name]) => `arrived twice: ${name}`),
      ];
    },
    async recover(call) {
      for (let tries = 0; left.length > 0 && tries < retries; tries += 1) {
        const { batchItemFailures } = await notify({ Records: left });
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        left = left.filter(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
      }
      await drain();
      await notify({ sweep: true });
      await drain();
      return aftermath(life, await items(), call);
    },
    close: deployment.close,
  };
}
