import { defaultRetryMs, postJson } from './post-json.ts';

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
export async function callSlack({ apiUrl, method, bearer }: SlackMethod, body: object): Promise<SlackAnswer> {
  const answer = await postJson(`${apiUrl}${method}`, body, { authorization: `Bearer ${bearer}` });
  if (answer === undefined) return { kind: 'busy', afterMs: defaultRetryMs };
  if (answer.status === 429 || answer.status >= 500) return { kind: 'busy', afterMs: answer.retryAfterMs };
  const said = parse(answer.text);
  if (said.ok === true) return { kind: 'ok', channel: String(said.channel), ts: String(said.ts) };
  const error = said.error ?? `${answer.status}`;
  if (passing.has(error)) return { kind: 'busy', afterMs: answer.retryAfterMs };
  return { kind: 'error', error: said.needed === undefined ? error : `${error}: the token needs ${said.needed}` };
}

interface Said {
  ok?: boolean;
  channel?: string;
  ts?: string;
  error?: string;
  needed?: string;
}

function parse(text: string): Said {
  try {
    return JSON.parse(text) as Said;
  } catch {
    return { error: 'something that is no JSON' };
  }
}
