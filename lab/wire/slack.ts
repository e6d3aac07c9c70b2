import { createServer, type IncomingMessage } from 'node:http';
import type { Delivery } from '../lab.ts';
import { blockKitFault } from './block-kit.ts';
import { listen } from './listen.ts';

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

  function answer(url: string | undefined, text: string): { status: number; body: string; headers?: object } {
    if (url !== path) return { status: 404, body: 'no_service' };
    const trouble = pending.shift();
    if (trouble?.status === 429) {
      return { status: 429, body: 'rate_limited', headers: { 'retry-after': String(trouble.retryAfterSeconds) } };
    }
    if (trouble !== undefined) return { status: 500, body: 'rollup_error' };
    const body = parse(text);
    if (body === undefined) return { status: 400, body: 'invalid_payload' };
    if (blockKitFault(body['blocks']) !== undefined) return { status: 400, body: 'invalid_blocks' };
    if (!body['text'] && !body['blocks']) return { status: 400, body: 'no_text' };
    deliver({ channel: 'slack', body, at: new Date().toISOString() });
    return { status: 200, body: 'ok' };
  }

  const server = createServer(async (request, response) => {
    const { status, body, headers } = answer(request.url, await read(request));
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body);
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}${path}`, close };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
