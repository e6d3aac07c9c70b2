import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { noUsage } from '../../../io/aws/usage.ts';
import { type Connection, openConnection } from '../../../io/kubernetes/client/connection.ts';
import { issueForLoopback } from '../../../lab/wire/certificates.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster } from '../../../lab/world/cluster.ts';

/** What the server answers; `undefined` = never. Text is sent as it is, anything else as JSON. */
export type Answer =
  | { status: number; body: object | string | Buffer | null; headers?: Record<string, string> }
  | undefined;

export interface Served {
  connection: Connection;
  /** TCP connections that were opened. */
  sockets(): number;
  requests: IncomingMessage[];
  /** From now on every answer breaks off before its end. */
  cutOff(): void;
}

/** An API server that answers each request with what `answer` gives, and a connection to it. */
export async function serve(
  answer: (url: URL, request: number) => Answer,
  signal = new AbortController().signal,
): Promise<Served> {
  const requests: IncomingMessage[] = [];
  let sockets = 0;
  let breaksOff = false;
  const { ca, server: pair } = await issueForLoopback('shop-ca');
  const server = createServer(pair, (request, response) => {
    requests.push(request);
    const given = answer(new URL(request.url ?? '/', 'http://api'), requests.length);
    if (given === undefined) return;
    const { status, body, headers } = given;
    const sent = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    if (breaksOff) response.write(sent, () => request.socket.destroy());
    else response.end(sent);
  });
  server.on('secureConnection', () => {
    sockets += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { cluster } = addCluster(buildAccount(), { name: 'shop' });
  const connection = openConnection({
    cluster: {
      ...cluster,
      endpoint: `https://127.0.0.1:${port}`,
      certificateAuthority: Buffer.from(ca).toString('base64'),
    },
    token: async () => 'token-of-this-test',
    signal,
    usage: noUsage(),
  });
  onTestFinished(async () => {
    connection.close();
    server.closeAllConnections();
    server.close();
  });
  const cutOff = (): void => {
    breaksOff = true;
  };
  return { connection, requests, sockets: () => sockets, cutOff };
}

/** The Status object with which an API server refuses. */
export const refuse = (status: number, message: string): Answer => ({
  status,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status },
});

/** Runs something whose timers are a hundred times as fast as the sockets. */
export async function whileTimeFlies<Result>(run: () => Promise<Result>): Promise<Result> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const flying = setInterval(() => vi.advanceTimersByTime(1000), 10);
  try {
    return await run();
  } finally {
    clearInterval(flying);
    vi.useRealTimers();
  }
}
