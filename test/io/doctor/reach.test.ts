import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isPrivate } from '../../../io/doctor/private-address.ts';
import { reach } from '../../../io/doctor/reach.ts';

test('a port that takes connections is open, a closed one is not, and a name that nobody knows has no address', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await reach('127.0.0.1', port)).toEqual({ kind: 'open', address: '127.0.0.1', private: true });
  server.close();
  await once(server, 'close');
  expect(await reach('127.0.0.1', port)).toMatchObject({ kind: 'no-answer', code: 'ECONNREFUSED' });
  expect(await reach('nowhere.invalid', 443)).toMatchObject({ kind: 'no-name' });
});

test.each([
  ['10.1.2.3', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['192.168.0.1', true],
  ['100.64.0.1', true],
  ['52.95.110.1', false],
  ['fd00:ec2::1', true],
  ['2a05:d018::1', false],
])('%s is private: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected);
});
