import type { Delivery, SlackPlace } from '../../lab.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import { areBlocksTooLong, blockKitFault } from './block-kit.ts';

/** The workspace of the lab; a token is no secret here. */
export const workspace: Omit<SlackPlace, 'apiUrl'> = {
  token: ['xoxb', '0000000000', 'lab'].join('-'),
  channel: 'C0LAB000001',
  archived: 'C0LAB000002',
  foreign: 'C0LAB000003',
};

type Posted = Record<string, unknown>;

/** Slack's Web API, as far as chat.postMessage and chat.update; every refusal is HTTP 200 with `ok: false`, as Slack's is. */
export function slackApi(deliver: (delivery: Delivery) => void): (request: HttpRequest) => HttpAnswer | undefined {
  /** Messages by channel and timestamp. */
  const posted = new Map<string, Posted>();
  let clock = 1_700_000_000;

  const methods: Record<string, (body: Posted) => Posted> = {
    'chat.postMessage': (body) => {
      const thread = body['thread_ts'];
      if (thread !== undefined && !posted.has(`${body['channel']} ${thread}`)) return refused('thread_not_found');
      clock += 1;
      return keep('chat.postMessage', body, `${clock}.000100`);
    },
    'chat.update': (body) => {
      if (!posted.has(`${body['channel']} ${body['ts']}`)) return refused('message_not_found');
      return keep('chat.update', body, String(body['ts']));
    },
  };

  function keep(method: string, body: Posted, ts: string): Posted {
    posted.set(`${body['channel']} ${ts}`, body);
    deliver({ channel: 'slack', body: { ...body, method, ts }, at: new Date().toISOString() });
    return { ok: true, channel: body['channel'], ts, message: { text: body['text'], blocks: body['blocks'] } };
  }

  return ({ method, url, headers, body }) => {
    const act = url.startsWith('/api/') ? methods[url.slice('/api/'.length)] : undefined;
    if (method !== 'POST' || act === undefined) return undefined;
    const said = read(String(headers['content-type'] ?? ''), body.toString());
    const fault = tokenFault(headers.authorization) ?? (said === undefined ? 'invalid_json' : messageFault(said));
    return json(fault === undefined ? act(said ?? {}) : refused(fault));
  };
}

function tokenFault(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return 'not_authed';
  return authorization === `Bearer ${workspace.token}` ? undefined : 'invalid_auth';
}

function messageFault({ channel, text, blocks }: Posted): string | undefined {
  if (channel === workspace.archived) return 'is_archived';
  if (channel === workspace.foreign) return 'not_in_channel';
  if (channel !== workspace.channel) return 'channel_not_found';
  if (blockKitFault(blocks) !== undefined) return 'invalid_blocks';
  if (areBlocksTooLong(blocks)) return 'msg_blocks_too_long';
  if (typeof text === 'string' && text.length > 40_000) return 'msg_too_long';
  return text || blocks ? undefined : 'no_text';
}

function read(contentType: string, body: string): Posted | undefined {
  if (!contentType.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(body) as Posted;
  } catch {
    return undefined;
  }
}

const refused = (error: string): Posted => ({ ok: false, error });

const json = (body: Posted): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});
