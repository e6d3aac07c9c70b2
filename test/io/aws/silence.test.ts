import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, expect, test, vi } from 'vitest';
import { NoAnswer } from '../../../config/user-error.ts';
import { type Clients, connect } from '../../../io/aws/clients.ts';
import { refusalOf } from '../../../io/aws/refusal.ts';

const sockets = new Set<Socket>();
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  for (const socket of sockets) socket.destroy();
  vi.unstubAllEnvs();
});

async function clientsOf(server: Server, patience: number): Promise<Clients> {
  server.on('connection', (socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const clients = connect({
    region: 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'example' }),
    callsPerSecond: 100,
    patience,
    signal: new AbortController().signal,
  });
  ends.push(
    () => clients.close(),
    () => server.close(),
  );
  return clients;
}

test('calls that nothing answers end together, as an endpoint that cannot be reached', async () => {
  const clients = await clientsOf(
    createServer(() => undefined),
    100,
  );
  const failure: unknown = await clients.sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => error);
  expect(clients.signal.reason).toBeInstanceOf(NoAnswer);
  const refusal = { reason: 'unreachable', message: 'no answer to any call within 0.1 s' };
  expect(refusalOf(failure, clients.signal)).toEqual(refusal);
});

test('an answer, even a refusal, is none of silence: what comes later has its own time-outs', async () => {
  let calls = 0;
  const clients = await clientsOf(
    createHttpServer((_, response) => {
      calls += 1;
      if (calls === 1) response.writeHead(403).end();
      else setTimeout(() => response.writeHead(403).end(), 300);
    }),
    200,
  );
  for (let call = 0; call < 2; call += 1) {
    await expect(clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  }
  expect(clients.signal.aborted).toBe(false);
});
