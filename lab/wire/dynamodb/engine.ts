import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import dynalite from 'dynalite';
import { listen } from '../listen.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';

/** What the engine reads of a client's request. */
type Passed = Pick<HttpRequest, 'headers' | 'body'>;

/** dynalite in memory, on a port of its own. */
export interface Engine {
  /** Passes a client's request on. */
  forward(request: Passed): Promise<HttpAnswer>;
  /** Makes a call of the lab's own. */
  ask(action: string, parameters: object): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Starts a DynamoDB without tables. */
export async function startEngine(): Promise<Engine> {
  const { port, close } = await listen(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
  const agent = new Agent({ keepAlive: true });
  const underway = new Set<Promise<void>>();

  function forward(passed: Passed): Promise<HttpAnswer> {
    const answer = send(agent, port, passed);
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
      agent.destroy();
      await close();
    },
  };
}

/** The headers that dynalite looks at. */
const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'] as const;

/** By a request of Node.js itself: `fetch` costs more, and tests write a great many items. */
async function send(agent: Agent, port: number, { headers: given, body }: Passed): Promise<HttpAnswer> {
  const headers = Object.fromEntries(names.map((name) => [name, String(given[name] ?? '')]));
  const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const { statusCode: status = 0, headers: answered } = response;
  return { status, headers: { 'content-type': answered['content-type'] ?? '' }, body: await text(response) };
}
