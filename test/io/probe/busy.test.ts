import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { probe } from '../../../io/probe/probe.ts';
import { address, type Listening, plan } from './targets.ts';

const answersLate = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => {
    parentPort.postMessage('connection');
    socket.on('error', () => {}).once('data', () => setTimeout(() => socket.end('HTTP/1.1 200 x\\r\\n\\r\\n'), workerData));
  });
  server.listen(0, '${address}', () => parentPort.postMessage(server.address().port));
`;

/** A server whose loop is another one, that answers so many milliseconds after the request; `asked` counts connections. */
async function serveAfter(milliseconds: number): Promise<Listening & { asked(): number }> {
  const worker = new Worker(answersLate, { eval: true, workerData: milliseconds });
  const [port] = (await once(worker, 'message')) as [number];
  let connections = 0;
  worker.on('message', () => {
    connections += 1;
  });
  return {
    port,
    asked: () => connections,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** Keeps this process from doing anything else until so many milliseconds after `start`. */
function blockUntil(start: number, milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds - (performance.now() - start));
}

/** One probe with a time-out of 300 ms, while this process does nothing else from 50 ms after the SYN on. */
async function whileBlocked(port: number, untilMs: number) {
  const start = performance.now();
  setTimeout(() => blockUntil(start, untilMs), 50);
  const wave = await probe([plan({ port, timeoutMs: 300 })], { signal: AbortSignal.timeout(20_000) });
  return { ...wave, outcome: wave.probes[0]?.outcome, timings: wave.probes[0]?.timings };
}

test('an answer after the time-out is none, though this process was busy while it passed', async () => {
  await using target = await serveAfter(400);
  expect(await whileBlocked(target.port, 350)).toMatchObject({
    outcome: { kind: 'timeout', phase: 'response' },
    unsent: [],
  });
});

test('an answer that comes to a process that is free is measured whole', async () => {
  await using target = await serveAfter(250);
  const { outcome, timings } = await whileBlocked(target.port, 200);
  expect(outcome).toMatchObject({ kind: 'http' });
  expect(timings?.totalMs).toBeGreaterThan(240);
  expect(timings?.ownDelayMs).toBeGreaterThan(100);
});

test('an answer that waited for this process within the time-out counts at once', async () => {
  await using target = await serveAfter(100);
  const { outcome, timings } = await whileBlocked(target.port, 200);
  expect(outcome).toMatchObject({ kind: 'http', status: 200 });
  expect(timings?.totalMs).toBeLessThan(120);
  expect(target.asked()).toBe(1);
});

test.each([100, 320])(
  'whether an answer after %i ms came in time is found out by another probe, where this process was busy at the time-out',
  async (milliseconds) => {
    await using target = await serveAfter(milliseconds);
    const { outcome, unsent } = await whileBlocked(target.port, 350);
    expect(outcome).toMatchObject(milliseconds < 300 ? { kind: 'http' } : { kind: 'timeout', phase: 'response' });
    expect(unsent).toEqual([]);
    expect(target.asked()).toBeGreaterThan(1);
  },
);

test('a process that is always busy sends nothing rather than blame its target', async () => {
  await using target = await serveAfter(60);
  const busy = setInterval(() => blockUntil(performance.now(), 400), 5);
  try {
    const wave = await probe([plan({ port: target.port, timeoutMs: 300 })], { signal: AbortSignal.timeout(20_000) });
    expect(wave).toMatchObject({ probes: [], unsent: [{ reason: expect.stringMatching(/busy for \d+ ms/) }] });
  } finally {
    clearInterval(busy);
  }
});
