import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { readButtonValue, slackButtons } from '../../core/notification/slack-buttons.ts';
import { parseJson } from '../parse-json.ts';

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

const name = z.string().optional().catch(undefined);

/** Slack, "block_actions payload", as far as it is read. */
const payload = z.object({
  type: z.literal('block_actions'),
  user: z.object({ username: name, name, id: name }).optional().catch(undefined),
  actions: z.tuple([z.object({ action_id: z.string(), value: z.string() })], z.unknown()),
  response_url: name,
});

/** The button in the body of a request, a form with a `payload`; `null` for anything else. */
export function readPress(body: string): Press | null {
  const parsed = payload.safeParse(parse(new URLSearchParams(body).get('payload') ?? ''));
  if (!parsed.success) return null;
  const { user, actions, response_url: responseUrl } = parsed.data;
  const button = slackButtons.find(({ action }) => action === actions[0].action_id);
  const value = readButtonValue(actions[0].value);
  if (button === undefined || value === null) return null;
  return {
    ...value,
    muteHours: button.muteHours,
    user: `@${user?.username ?? user?.name ?? user?.id ?? 'somebody'}`,
    responseUrl,
  };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
