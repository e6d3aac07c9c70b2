import { createHmac, timingSafeEqual } from 'node:crypto';
import { readButtonValue, slackButtons } from '../../core/notification/slack-buttons.ts';

/** An HTTP request that claims to come from Slack. */
export interface SlackRequest {
  /** As they were sent; names in lower case. */
  timestamp: string | undefined;
  signature: string | undefined;
  /** Byte for byte. */
  body: string;
}

/** Older or newer than this a request is refused (Slack, "Verifying requests from Slack"). */
const mostSeconds = 5 * 60;

/** True when the request was signed with this secret within the last five minutes (Slack's signature, version 0). */
export function isSigned({ timestamp, signature, body }: SlackRequest, secret: string, nowMs: number): boolean {
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > mostSeconds) return false;
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** A button that somebody pressed. */
export interface Press {
  /** Hours to mute for; `null` = to check again. */
  muteHours: number | null;
  vpcId: string;
  incident: string;
  /** Slack's name of who pressed it. */
  user: string;
  /** Where an answer to this person goes. */
  responseUrl: string | undefined;
}

interface Payload {
  type?: unknown;
  user?: { id?: unknown; username?: unknown; name?: unknown };
  actions?: { action_id?: unknown; value?: unknown }[];
  response_url?: unknown;
}

/** The button in the body of a request, a form with a `payload` (Slack, "block_actions payload"); `null` for anything else. */
export function readPress(body: string): Press | null {
  const payload = parse(new URLSearchParams(body).get('payload') ?? '');
  const [action] = payload?.type === 'block_actions' ? (payload.actions ?? []) : [];
  const button = slackButtons.find((each) => each.action === action?.action_id);
  const value = readButtonValue(String(action?.value ?? ''));
  if (payload === null || button === undefined || value === null) return null;
  const { user, response_url: responseUrl } = payload;
  return {
    ...value,
    muteHours: button.muteHours,
    user: `@${user?.username ?? user?.name ?? user?.id ?? 'somebody'}`,
    responseUrl: typeof responseUrl === 'string' ? responseUrl : undefined,
  };
}

function parse(text: string): Payload | null {
  try {
    return JSON.parse(text) as Payload | null;
  } catch {
    return null;
  }
}
