import { createServer } from 'node:http';
import type { Delivery } from '../lab.ts';
import { blockKitFault } from './block-kit.ts';
import { listen } from './listen.ts';
import { type HttpAnswer, type HttpRequest, requestListener } from './request-listener.ts';

/** An answer that Slack gives instead of taking a message. */
export type SlackTrouble = { status: 429; retryAfterSeconds: number } | { status: 500 };

interface SlackOptions {
  /** Given to the first posts, one each. */
  troubles: SlackTrouble[];
  deliver(delivery: Delivery): void;
}

/** The path of the lab's incoming webhook, of the form that Slack gives. */
const path = '/services/T00000000/B00000000/lab';

/** Slack's incoming webhook: takes valid messages with `ok`, and refuses others in Slack's words. */
export async function receiveSlack({
  troubles,
  deliver,
}: SlackOptions): Promise<{ url: string; close(): Promise<void> }> {
  const pending = [...troubles];

  function answer({ url, body }: HttpRequest): HttpAnswer {
    if (url !== path) return text(404, 'no_service');
    const trouble = pending.shift();
    if (trouble?.status === 429) return text(429, 'rate_limited', { 'retry-after': String(trouble.retryAfterSeconds) });
    if (trouble !== undefined) return text(500, 'rollup_error');
    const message = parse(body.toString());
    if (message === undefined) return text(400, 'invalid_payload');
    if (blockKitFault(message['blocks']) !== undefined) return text(400, 'invalid_blocks');
    if (!message['text'] && !message['blocks']) return text(400, 'no_text');
    deliver({ channel: 'slack', body: message, at: new Date().toISOString() });
    return text(200, 'ok');
  }

  const { port, close } = await listen(createServer(requestListener(answer)));
  return { url: `http://127.0.0.1:${port}${path}`, close };
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
