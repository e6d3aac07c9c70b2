import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Connection, openConnection } from '../../../io/kubernetes/connection.ts';
import { noUsage } from '../../../io/usage.ts';
import { buildAccount } from '../../../lab/account.ts';
import { addCluster } from '../../../lab/cluster.ts';

/** What the server answers; `undefined` = never. */
export type Answer = { status: number; body: object } | undefined;

export interface Served {
  connection: Connection;
  /** TCP connections that were opened. */
  sockets(): number;
  requests: IncomingMessage[];
}

/** An API server that answers each request with what `answer` gives, and a connection to it. */
export async function serve(
  answer: (url: URL, request: number) => Answer,
  signal = new AbortController().signal,
): Promise<Served> {
  const requests: IncomingMessage[] = [];
  let sockets = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    const given = answer(new URL(request.url ?? '/', 'http://api'), requests.length);
    if (given === undefined) return;
    response.writeHead(given.status, { 'content-type': 'application/json' }).end(JSON.stringify(given.body));
  });
  server.on('connection', () => {
    sockets += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { cluster } = addCluster(buildAccount(), { name: 'shop' });
  const connection = openConnection({
    cluster: { ...cluster, endpoint: `http://127.0.0.1:${port}` },
    token: async () => 'token-of-this-test',
    signal,
    usage: noUsage(),
  });
  onTestFinished(async () => {
    await connection.close();
    server.closeAllConnections();
    server.close();
  });
  return { connection, requests, sockets: () => sockets };
}

/** The Status object with which an API server refuses. */
export const refuse = (status: number, message: string): Answer => ({
  status,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status },
});
