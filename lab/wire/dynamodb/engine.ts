import dynalite from 'dynalite';
import { listen } from '../listen.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';

/** dynalite in memory, on a port of its own. */
export interface Engine {
  /** Passes a client's request on. */
  forward(request: Pick<HttpRequest, 'headers' | 'body'>): Promise<HttpAnswer>;
  /** Makes a call of the lab's own. */
  ask(action: string, parameters: object): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Starts a DynamoDB without tables. */
export async function startEngine(): Promise<Engine> {
  const { port, close } = await listen(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
  const underway = new Set<Promise<void>>();

  function forward(request: Pick<HttpRequest, 'headers' | 'body'>): Promise<HttpAnswer> {
    const answer = send(port, request);
    const settled: Promise<void> = Promise.allSettled([answer]).then(() => void underway.delete(settled));
    underway.add(settled);
    return answer;
  }

  return {
    forward,
    ask(action, parameters) {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        authorization: 'AWS4-HMAC-SHA256 Credential=lab, SignedHeaders=host, Signature=lab',
        'x-amz-date': '20260101T000000Z',
      };
      return forward({ headers, body: Buffer.from(JSON.stringify(parameters)) });
    },
    async close() {
      // dynalite throws out of its event handlers, and so ends the process, when a request is cut off.
      await Promise.all(underway);
      await close();
    },
  };
}

/** The headers that dynalite looks at. */
const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'] as const;

async function send(port: number, request: Pick<HttpRequest, 'headers' | 'body'>): Promise<HttpAnswer> {
  const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]));
  const body = request.body.toString();
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, headers: { 'content-type': type }, body: await response.text() };
}
