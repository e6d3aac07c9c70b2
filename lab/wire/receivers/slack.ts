import { createServer } from 'node:http';
import type { Delivery, SlackPlace } from '../../lab.ts';
import { listen } from '../listen.ts';
import { type HttpAnswer, type HttpRequest, requestListener } from '../request-listener.ts';
import { areBlocksTooLong, blockKitFault } from './block-kit.ts';
import { slackApi, workspace } from './slack-api.ts';

/** An answer that Slack gives instead of taking a message. */
export type SlackTrouble = { status: 429; retryAfterSeconds: number } | { status: 500 };

interface SlackOptions {
  /** Given to the first posts, one each. */
  troubles: SlackTrouble[];
  deliver(delivery: Delivery): void;
}

export interface Slack {
  webhookUrl: string;
  place: SlackPlace;
  close(): Promise<void>;
}

/** The path of the lab's incoming webhook, of the form that Slack gives. */
const path = '/services/T00000000/B00000000/lab';

/** Slack: an incoming webhook and the Web API of one workspace, which refuse what is not valid in Slack's words. */
export async function receiveSlack({ troubles, deliver }: SlackOptions): Promise<Slack> {
  const pending = [...troubles];
  const api = slackApi(deliver);

  function answer(request: HttpRequest): HttpAnswer {
    const isApi = request.url.startsWith('/api/');
    if (!isApi && request.url !== path) return text(404, 'no_service');
    const trouble = pending.shift();
    if (trouble?.status === 429) {
      const said = isApi ? '{"ok":false,"error":"ratelimited"}' : 'rate_limited';
      return text(429, said, { 'retry-after': String(trouble.retryAfterSeconds) });
    }
    if (trouble !== undefined) return text(500, 'rollup_error');
    return isApi ? (api(request) ?? text(404, 'unknown_method')) : webhook(request);
  }

  function webhook({ body }: HttpRequest): HttpAnswer {
    const message = parse(body.toString());
    if (message === undefined) return text(400, 'invalid_payload');
    if (blockKitFault(message['blocks']) !== undefined) return text(400, 'invalid_blocks');
    if (areBlocksTooLong(message['blocks'])) return text(400, 'msg_blocks_too_long');
    if (!message['text'] && !message['blocks']) return text(400, 'no_text');
    deliver({ channel: 'slack', body: message, at: new Date().toISOString() });
    return text(200, 'ok');
  }

  const { port, close } = await listen(createServer(requestListener(answer)));
  const origin = `http://127.0.0.1:${port}`;
  return { webhookUrl: `${origin}${path}`, place: { ...workspace, apiUrl: `${origin}/api/` }, close };
}

const text = (status: number, body: string, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/plain', ...headers },
  body,
});

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
