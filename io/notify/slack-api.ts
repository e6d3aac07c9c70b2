import { type Answer, defaultRetryMs, objectIn, postJson, wordOf } from './post-json.ts';

/** `busy` = later it may work; `error` = Slack's own word for why not. */
export type SlackAnswer =
  | { kind: 'ok'; channel: string; ts: string }
  | { kind: 'busy'; afterMs: number }
  | { kind: 'error'; error: string };

export interface SlackMethod {
  /** Ends with a slash; `https://slack.com/api/` for most. */
  apiUrl: string;
  method: string;
  bearer: string;
  signal: AbortSignal;
}

/** What Slack answers while something is wrong on its side (chat.postMessage, "Errors"). */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Calls a method of the Slack Web API that answers with the channel and timestamp of a message. */
export async function callSlack(to: SlackMethod, body: object): Promise<SlackAnswer> {
  const { apiUrl, method, bearer, signal } = to;
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await postJson({ url: `${apiUrl}${method}`, headers, signal }, body);
  if (answer === undefined) return { kind: 'busy', afterMs: defaultRetryMs };
  if (answer.status === 429 || answer.status >= 500) return { kind: 'busy', afterMs: answer.retryAfterMs };
  return read(answer);
}

/** Only words of Slack's own form are repeated: what stands there otherwise was written by someone else. */
function read(answer: Answer): SlackAnswer {
  const { ok, channel, ts, error, needed } = objectIn(answer) ?? {};
  if (ok === true && typeof channel === 'string' && typeof ts === 'string') return { kind: 'ok', channel, ts };
  const word =
    wordOf(error) ?? (ok === true ? 'ok without the place of the message' : 'something else than Slack does');
  if (passing.has(word)) return { kind: 'busy', afterMs: answer.retryAfterMs };
  const scopes = typeof needed === 'string' && /^[a-z:.,_]{1,200}$/.test(needed) ? needed : undefined;
  return { kind: 'error', error: scopes === undefined ? word : `${word}: the token needs ${scopes}` };
}
