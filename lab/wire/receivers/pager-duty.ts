import type { Delivery } from '../../lab.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';

/** The integration key of the lab's service. */
export const routingKey = 'lab0lab0lab0lab0lab0lab0lab0lab0';

interface Event {
  routing_key?: unknown;
  event_action?: unknown;
  dedup_key?: unknown;
  payload?: { summary?: unknown; source?: unknown; severity?: unknown };
}

/** PagerDuty's Events API v2 as its documentation has it: 202 for what it takes, 400 with the errors for the rest. */
export function pagerDuty({ body }: HttpRequest, deliver: (delivery: Delivery) => void): HttpAnswer {
  const event = parse(body.toString());
  const errors = body.length > 512 * 1024 ? ['Event is too large'] : faults(event);
  if (errors.length > 0) return answer(400, { status: 'invalid event', message: 'Event object is invalid', errors });
  deliver({ channel: 'pagerduty', body: event as Record<string, unknown>, at: new Date().toISOString() });
  return answer(202, { status: 'success', message: 'Event processed', dedup_key: event?.dedup_key });
}

function faults(event: Event | undefined): string[] {
  if (event === undefined) return ['Event is no JSON'];
  const { routing_key, event_action, dedup_key, payload } = event;
  const isText = (value: unknown, most: number): boolean =>
    typeof value === 'string' && value.length > 0 && value.length <= most;
  const known = ['trigger', 'acknowledge', 'resolve'].includes(String(event_action));
  return [
    ...(routing_key === routingKey ? [] : ["'routing_key' is invalid"]),
    ...(known ? [] : ["'event_action' is invalid"]),
    ...(dedup_key === undefined || isText(dedup_key, 255) ? [] : ["'dedup_key' is too long (maximum is 255)"]),
    ...(event_action === 'trigger' ? payloadFaults(payload, isText) : []),
    ...(event_action !== 'trigger' && dedup_key === undefined ? ["'dedup_key' is missing"] : []),
  ];
}

function payloadFaults(payload: Event['payload'], isText: (value: unknown, most: number) => boolean): string[] {
  return [
    ...(isText(payload?.summary, 1024) ? [] : ["'payload.summary' is missing or too long (maximum is 1024)"]),
    ...(isText(payload?.source, Number.POSITIVE_INFINITY) ? [] : ["'payload.source' is missing"]),
    ...(['critical', 'error', 'warning', 'info'].includes(String(payload?.severity))
      ? []
      : ["'payload.severity' is invalid"]),
  ];
}

function parse(text: string): Event | undefined {
  try {
    return JSON.parse(text) as Event;
  } catch {
    return undefined;
  }
}

const answer = (status: number, body: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
