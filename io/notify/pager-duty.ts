import { renderPagerDuty } from '../../core/render/message/pager-duty.ts';
import { type Credential, sendWith } from './credential.ts';
import { type Answer, deliveryOf, objectIn, postJson } from './post-json.ts';
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
    send: (message, { reportUrl, signal }) =>
      sendWith(routingKey, signal, async (routing_key): Promise<Delivery> => {
        for (const event of renderPagerDuty(message, reportUrl)) {
          const answer = await postJson({ url: `${apiUrl}enqueue`, signal }, { routing_key, ...event });
          const delivery = deliveryOf(answer, 'PagerDuty', isSuccess);
          // One after the other: PagerDuty limits the events of a service.
          if (delivery.kind !== 'sent') return delivery;
        }
        return { kind: 'sent' };
      }),
  };
}

/** PagerDuty takes an event with 202 and `"status": "success"` (Events API v2, "Send an event"). */
const isSuccess = (answer: Answer): boolean => answer.status === 202 && objectIn(answer)?.['status'] === 'success';
