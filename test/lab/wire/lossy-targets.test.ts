import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { test } from './lab-fixture.ts';
import { smallWorld, socket } from './small-world.ts';

const host = '127.66.3.1';
/** Less than the second after which Linux sends a SYN again. */
const oneSynMs = 800;

function attempt(port: number): Promise<string> {
  return new Promise((resolve) => {
    const client = connect({ host, port, timeout: oneSynMs });
    const end = (outcome: string) => {
      client.destroy();
      resolve(outcome);
    };
    client.on('connect', () => end('open'));
    client.on('timeout', () => end('lost'));
    client.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'));
  });
}

/** How often each outcome was met by connections that start a little after each other, as the prober sends them. */
async function attempts(port: number, count: number): Promise<Record<string, number>> {
  const all = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      await pause(index * 75);
      return attempt(port);
    }),
  );
  return Object.fromEntries(
    ['open', 'lost', 'ECONNREFUSED'].map((kind) => [kind, all.filter((each) => each === kind).length]),
  );
}

const lossy = (port: number) => socket(host, port, { kind: 'lossy', behaviour: { kind: 'tcp' } });

test('lossy targets take some of ten connections and not the others, on every port', async ({ start }) => {
  await start({ sockets: [lossy(9001), lossy(9002)] });
  for (const port of [9001, 9002]) {
    const { open, lost, ECONNREFUSED } = await attempts(port, 10);
    expect(ECONNREFUSED).toBe(0);
    expect(open).toBeGreaterThan(0);
    expect(lost).toBeGreaterThan(0);
  }
});

test('lossy targets can come to answer all, and be lossy again', async ({ start }) => {
  const lab = await start({ sockets: [lossy(9001)] });
  await lab.apply(smallWorld({ sockets: [socket(host, 9001, { kind: 'tcp' })] }));
  expect(await attempts(9001, 10)).toMatchObject({ open: 10 });
  await lab.apply(smallWorld({ sockets: [lossy(9001)] }));
  expect((await attempts(9001, 10)).lost).toBeGreaterThan(0);
  await lab.close();
  expect(await attempts(9001, 1)).toMatchObject({ ECONNREFUSED: 1 });
});
