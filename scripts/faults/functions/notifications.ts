import type { Delivery } from '../../../lab/lab.ts';
import { isRecord } from '../record.ts';

/** Names of the channels of the deployment. */
export type ChannelName = 'sns' | 'eventbridge' | 'app' | 'webhook' | 'teams' | 'pager';

/** A message as a channel got it: which channel, and its text, without anything that depends on the moment. */
export interface Notification {
  channel: ChannelName;
  text: string;
}

/** What was delivered, as notifications. */
export function notificationsOf({ channel, body }: Delivery): Notification[] {
  switch (channel) {
    case 'sns':
      return [{ channel, text: String(body['Subject']) }];
    case 'eventbridge': {
      const detail: unknown = JSON.parse(String(body['Detail']));
      const { transition, incident } = isRecord(detail) ? detail : {};
      return [{ channel, text: `${transition} ${JSON.stringify(incident)}` }];
    }
    case 'slack': {
      if (body['method'] === undefined) return [{ channel: 'webhook', text: String(body['text']) }];
      return [{ channel: 'app', text: `${body['thread_ts'] === undefined ? 'message' : 'thread'} ${body['text']}` }];
    }
    case 'teams':
      return [{ channel, text: /"text":"([^"]*)"/.exec(JSON.stringify(body))?.[1] ?? '' }];
    case 'pagerduty':
      return [{ channel: 'pager', text: `${body['event_action']} ${body['dedup_key']}` }];
    case 'lambda':
      return [];
  }
}

/** How often each notification arrived. */
export const countNotifications = (deliveries: Delivery[]): Map<string, number> =>
  new Map(
    [...Map.groupBy(deliveries.flatMap(notificationsOf), ({ channel, text }) => `${channel}: ${text}`)].map(
      ([name, all]) => [name, all.length],
    ),
  );
