import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { refusalOf } from '../../../io/aws/refusal.ts';
import { noUsage } from '../../../io/aws/usage.ts';
import { openConnection } from '../../../io/kubernetes/client/connection.ts';
import { readPods } from '../../../io/kubernetes/pods.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster } from '../../../lab/world/cluster.ts';
import { whileTimeFlies } from './api-server.ts';

const { cluster } = addCluster(buildAccount(), { name: 'shop' });
const { signal } = new AbortController();

async function failureAt(endpoint: string, certificateAuthority = '') {
  const connection = openConnection({
    cluster: { ...cluster, endpoint, certificateAuthority },
    token: async () => 'token-of-this-test',
    signal,
    usage: noUsage(),
  });
  onTestFinished(() => connection.close());
  return refusalOf(await readPods(connection).catch((error: unknown) => error), signal);
}

test('a token is never sent without TLS', async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await failureAt(`http://127.0.0.1:${port}`)).toEqual({
    reason: 'invalid',
    message: 'the endpoint of shop is not an https address',
  });
  expect(requests).toBe(0);
});

test.each(['nonsense', 'ftp://127.0.0.1', 'https://', '//127.0.0.1'])('%j is no endpoint', async (endpoint) => {
  expect(await failureAt(endpoint)).toMatchObject({ reason: 'invalid' });
});

test.each([
  ['a port that is closed', 'https://127.0.0.1:9', ''],
  ['a certificate authority that is none', 'https://127.0.0.1:9', Buffer.from('no PEM').toString('base64')],
])('%s is out of reach', async (_name, endpoint, authority) => {
  expect(await failureAt(endpoint, authority)).toMatchObject({ reason: 'unreachable' });
});

test('a server that begins no TLS is not waited for', async () => {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await whileTimeFlies(() => failureAt(`https://127.0.0.1:${port}`))).toEqual({
    reason: 'unreachable',
    message: 'no connection within 3000 ms',
  });
  expect(sockets).toHaveLength(1);
});
