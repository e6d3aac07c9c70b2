import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { type Clients, connect } from '../../../io/aws/clients.ts';

/** Clients whose every AWS call is answered by `answer`, until the test is over. */
export async function clientsOf(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Clients> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLEEXAMPLE00');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  const clients = connect({ callsPerSecond: 1000, signal: new AbortController().signal });
  onTestFinished(() => {
    vi.unstubAllEnvs();
    clients.close();
    server.closeAllConnections();
    server.close();
  });
  return clients;
}
