import { renderPagerDuty } from '../../core/render/message/pager-duty.ts';
import { type Credential, sendWith } from './credential.ts';
import { deliveryOf, postJson } from './post-json.ts';
import type { Delivery, Sink } from './sink.ts';

export interface PagerDutyOptions {
  name: string;
  /** The integration key of a service. */
  routingKey: Credential;
  apiUrl: string;
}

/** Triggers and resolves alerts of PagerDuty; a repeat finds the alert of its key and does nothing new. */
export function pagerDutySink({ name, routingKey, apiUrl }: PagerDutyOptions): Sink {
  return {
    name,
    send: (message, { reportUrl }) =>
      sendWith(routingKey, async (routing_key): Promise<Delivery> => {
        for (const event of renderPagerDuty(message, reportUrl)) {
          const delivery = deliveryOf(await postJson(`${apiUrl}enqueue`, { routing_key, ...event }), 'PagerDuty');
          // One after the other: PagerDuty limits the events of a service.
          if (delivery.kind !== 'sent') return delivery;
        }
        return { kind: 'sent' };
      }),
  };
}
