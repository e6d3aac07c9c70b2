import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { renderEventBridge } from '../../core/render/message/event-bridge.ts';
import { deliveryAfter } from './aws-delivery.ts';
import type { Delivery, Sink } from './sink.ts';

export interface EventBridgeOptions {
  name: string;
  client: EventBridgeClient;
  busArn: string;
}

/** What a failed entry says when later it may work (PutEvents, "PutEventsResultEntry"). */
const passing = new Set(['ThrottlingException', 'InternalFailure', 'InternalException']);

/** Puts each message as an event on a bus. */
export function eventBridgeSink({ name, client, busArn }: EventBridgeOptions): Sink {
  return {
    name,
    async send(message, { vpcId, reportUrl }): Promise<Delivery> {
      const { Time, ...entry } = renderEventBridge(message, { vpcId, reportUrl });
      const command = new PutEventsCommand({ Entries: [{ ...entry, Time: new Date(Time), EventBusName: busArn }] });
      try {
        const { Entries } = await client.send(command);
        // The call succeeds when its entry fails.
        const { ErrorCode, ErrorMessage } = Entries?.[0] ?? {};
        if (ErrorCode === undefined) return { kind: 'sent' };
        if (passing.has(ErrorCode)) return { kind: 'retry', afterMs: 1000 };
        return { kind: 'refused', reason: `events:PutEvents: ${ErrorCode} ${ErrorMessage ?? ''}`.trim() };
      } catch (error) {
        return deliveryAfter(error, 'events:PutEvents');
      }
    },
  };
}
