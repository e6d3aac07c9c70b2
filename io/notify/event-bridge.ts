import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { renderEventBridge } from '../../core/render/message/event-bridge.ts';
import { deliverBy } from './aws-delivery.ts';
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
    async send(message, { vpcId, reportUrl, signal }) {
      const { Time, ...entry } = renderEventBridge(message, { vpcId, reportUrl });
      const command = new PutEventsCommand({ Entries: [{ ...entry, Time: new Date(Time), EventBusName: busArn }] });
      return deliverBy('events:PutEvents', signal, async (): Promise<Delivery> => {
        const { Entries } = await client.send(command, { abortSignal: signal });
        const { EventId, ErrorCode, ErrorMessage = '' } = Entries?.[0] ?? {};
        if (EventId) return { kind: 'sent' };
        // The call succeeds when its entry fails.
        if (ErrorCode === undefined) return { kind: 'refused', reason: 'events:PutEvents: the answer has no EventId' };
        if (passing.has(ErrorCode)) return { kind: 'retry', afterMs: 1000 };
        return { kind: 'refused', reason: `events:PutEvents: ${ErrorCode} ${ErrorMessage}`.trim().slice(0, 300) };
      });
    },
  };
}
