import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { probe } from '../../../io/probe/probe.ts';
import { plan, serve, silentPort } from './targets.ts';

const signal = () => AbortSignal.timeout(20_000);
const answering = (status = 200) =>
  serve((socket) => socket.once('data', () => socket.end(`HTTP/1.1 ${status} x\r\n\r\n`)));

test('probes come back in the order of the plan, complete with request and timings', async () => {
  await using good = await answering(200);
  await using bad = await answering(503);
  const planned = [plan({ port: bad.port }), plan({ port: good.port })];
  const { probes, unsent } = await probe(planned, { signal: signal() });

  expect(unsent).toEqual([]);
  expect(probes).toMatchObject([
    { request: planned[0]?.request, outcome: { status: 503 }, attempt: 1, purpose: 'health-check' },
    { request: planned[1]?.request, outcome: { status: 200 }, attempt: 1, purpose: 'health-check' },
  ]);
  for (const { timings, sentAt } of probes) {
    const { connectMs = 0, firstByteMs = 0, totalMs } = timings;
    expect([0, connectMs, firstByteMs, totalMs]).toEqual(
      [0, connectMs, firstByteMs, totalMs].toSorted((a, b) => a - b),
    );
    expect(sentAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
});

test('equal probes are sent one after the other, with a pause between', async () => {
  const arrivals: number[] = [];
  await using target = await serve((socket) => {
    arrivals.push(performance.now());
    socket.once('data', () => socket.end('HTTP/1.1 200 x\r\n\r\n'));
  });
  const { probes } = await probe([plan({ port: target.port, attempts: 4 })], { signal: signal() });
  expect(probes.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  for (const [index, arrival] of arrivals.slice(1).entries()) {
    expect(arrival - (arrivals[index] ?? 0)).toBeGreaterThan(70);
  }
});

test('two time-outs in a row end a series, an answer between them does not', async () => {
  let connections = 0;
  await using flaky = await serve((socket) => {
    connections += 1;
    if (connections === 2) socket.once('data', () => socket.end('HTTP/1.1 200 x\r\n\r\n'));
  });
  const { probes } = await probe([plan({ port: flaky.port, attempts: 9, timeoutMs: 800 })], { signal: signal() });
  expect(probes.map(({ outcome }) => outcome.kind)).toEqual(['timeout', 'http', 'timeout', 'timeout']);
});

test('connections that are counted are all made, whatever the others met', async () => {
  await using silent = await silentPort();
  const again = plan({ port: silent.port, protocol: 'TCP', purpose: 'connect-again', attempts: 4, timeoutMs: 60 });
  const { probes } = await probe([again], { signal: signal() });
  expect(probes.map(({ attempt, outcome }) => [attempt, outcome.kind])).toEqual(
    [1, 2, 3, 4].map((n) => [n, 'timeout']),
  );
});

test('targets that merely keep silent do not hold up the others', async () => {
  await using silent = await silentPort();
  await using good = await answering();
  const waiting = Array.from({ length: 20 }, () => plan({ port: silent.port, protocol: 'TCP', timeoutMs: 1500 }));
  const { probes } = await probe([...waiting, plan({ port: good.port })], { concurrency: 5, signal: signal() });

  const answered = probes.at(-1);
  expect(answered?.outcome).toEqual({ kind: 'http', status: 200 });
  const firstSent = Date.parse(probes[0]?.sentAt ?? '');
  expect(Date.parse(answered?.sentAt ?? '') - firstSent).toBeLessThan(1000);
});

test('the clock of a probe starts with its SYN, not with its place in the queue', async () => {
  await using target = await serve((socket) => {
    socket.once('data', () => setTimeout(() => socket.end('HTTP/1.1 200 x\r\n\r\n'), 60));
  });
  const planned = Array.from({ length: 8 }, () => plan({ port: target.port }));
  const { probes } = await probe(planned, { concurrency: 1, signal: signal() });
  const [first, last] = [probes[0], probes.at(-1)].map((one) => Date.parse(one?.sentAt ?? ''));
  expect((last ?? 0) - (first ?? 0)).toBeGreaterThan(350);
  for (const { timings } of probes) expect(timings.totalMs).toBeLessThan(300);
});

test('what has no outcome when the run ends is unsent, whether under way or waiting', async () => {
  await using mute = await serve(() => {});
  await using good = await answering();
  const ending = new AbortController();
  const planned = [plan({ port: good.port }), plan({ port: mute.port }), plan({ port: mute.port, attempts: 3 })];
  const wave = probe(planned, { concurrency: 1, signal: ending.signal });
  setTimeout(() => ending.abort(), 150);

  const { probes, unsent } = await wave;
  expect(probes.map(({ outcome }) => outcome.kind)).toEqual(['http']);
  expect(unsent).toEqual(planned.slice(1).map((one) => ({ planned: one, reason: 'the run ended first' })));
});

/** The same wave in a process of its own that may open only so many files. */
async function waveWithDescriptors(descriptors: number, wave: { port: number; count: number; timeoutMs: number }) {
  const script = fileURLToPath(new URL('limited-wave.ts', import.meta.url));
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    `ulimit -n ${descriptors}; exec "$@"`,
    'sh',
    process.execPath,
    script,
    ...[wave.port, wave.count, wave.timeoutMs].map(String),
  ]);
  return JSON.parse(stdout) as { counts: Record<string, number>; unsent: number; seconds: number };
}

test('too few descriptors make probes wait and are never an outcome', async () => {
  await using silent = await silentPort();
  const { counts, unsent } = await waveWithDescriptors(80, { port: silent.port, count: 150, timeoutMs: 300 });
  expect({ counts, unsent }).toEqual({ counts: { timeout: 150 }, unsent: 0 });
});

test('2,000 silent targets take turns within the descriptors of Lambda in little more than their time-out', async () => {
  await using silent = await silentPort();
  const wave = { port: silent.port, count: 2000, timeoutMs: 3000 };
  const { counts, unsent, seconds } = await waveWithDescriptors(1024, wave);
  expect({ counts, unsent }).toEqual({ counts: { timeout: 2000 }, unsent: 0 });
  expect(seconds).toBeLessThan(5);
}, 15_000);
