import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { handOver } from '../../../io/notify/hand-over.ts';
import type { Delivery, Sink } from '../../../io/notify/sink.ts';
import { openStore, type Store } from '../../../io/store/store.ts';
import { diagnosisOf, reportAt, reportOf } from '../../core/sample-report.ts';
import { auditOnce } from '../store/audit-once.ts';
import { findingsTable } from '../store/findings-table.ts';

const incident = '111122223333/eu-west-1/prod/pod-crashloop';
const options = { vpcId: 'vpc-0aaaaaaaaaaaaaa01', patienceMs: 1000, signal: new AbortController().signal };
const sent: Delivery = { kind: 'sent' };

/** A sink that answers in this order and notes what it was given. */
function sinkOf(name: Sink['name'], ...answers: Delivery[]): Sink & { keys: string[] } {
  const keys: string[] = [];
  return {
    name,
    keys,
    async send({ key }) {
      keys.push(key);
      return answers.shift() ?? sent;
    },
  };
}

let store: Store;
beforeEach(async () => {
  const findings = await findingsTable();
  onTestFinished(() => findings[Symbol.asyncDispose]());
  store = openStore({ ...findings, scope: '111122223333/eu-west-1/all' });
  await auditOnce(store, reportOf([diagnosisOf()]));
});

test('a message goes to every sink once and is owed no more', async () => {
  const sinks = [sinkOf('sns'), sinkOf('slack')];
  expect(await handOver(store, incident, { ...options, sinks })).toEqual({
    deliveredTo: ['sns', 'slack'],
    postponed: [],
    refused: [],
    thrown: [],
    receipts: { sns: { episode: '1' }, slack: { episode: '1' } },
  });
  expect(await handOver(store, incident, { ...options, sinks })).toBeNull();
  expect(sinks.map(({ keys }) => keys)).toEqual([[`${incident}#1#1`], [`${incident}#1#1`]]);
});

test('a sink that fails does not make the other one send again', async () => {
  const sns = sinkOf('sns');
  const slack = sinkOf('slack', { kind: 'retry', afterMs: 60_000 });
  const sinks = [sns, slack];
  expect(await handOver(store, incident, { ...options, sinks })).toMatchObject({ postponed: ['slack'] });
  expect(await handOver(store, incident, { ...options, sinks })).toMatchObject({ postponed: [] });
  expect([sns.keys.length, slack.keys.length]).toEqual([1, 2]);
  expect(await store.pending()).toEqual([]);
});

test('a short pause that a sink asks for is waited out', async () => {
  const slack = sinkOf('slack', { kind: 'retry', afterMs: 100 }, { kind: 'retry', afterMs: 0 });
  const start = performance.now();
  expect(await handOver(store, incident, { ...options, sinks: [slack] })).toMatchObject({ deliveredTo: ['slack'] });
  expect(performance.now() - start).toBeGreaterThan(190);
});

test('a sink that always asks for patience is left for later', async () => {
  const always = sinkOf('slack', ...Array.from({ length: 50 }, (): Delivery => ({ kind: 'retry', afterMs: 0 })));
  const progress = await handOver(store, incident, { ...options, patienceMs: 300, sinks: [always] });
  expect(progress).toMatchObject({ postponed: ['slack'] });
  expect(always.keys.length).toBeLessThan(10);
});

test('a refused message stays owed', async () => {
  const sinks = [sinkOf('sns'), sinkOf('slack', { kind: 'refused', reason: 'no_service' })];
  expect(await handOver(store, incident, { ...options, sinks })).toMatchObject({
    refused: [{ sink: 'slack', reason: 'no_service' }],
  });
  expect(await store.pending()).toMatchObject([{ deliveredTo: ['sns'] }]);
});

test('a bug in one sink does not make the others send again', async () => {
  const sns = sinkOf('sns');
  const broken: Sink = { name: 'slack', send: () => Promise.reject(new Error('a bug')) };
  await expect(handOver(store, incident, { ...options, sinks: [broken, sns] })).rejects.toThrow('a bug');
  expect(await store.pending()).toMatchObject([{ deliveredTo: ['sns'] }]);
  await expect(handOver(store, incident, { ...options, sinks: [broken, sns] })).rejects.toThrow('a bug');
  expect(sns.keys).toHaveLength(1);
});

test('without a sink nothing stays owed', async () => {
  await handOver(store, incident, { ...options, sinks: [] });
  expect(await store.pending()).toEqual([]);
});

test('a sink is handed what it gave for the last message of the episode, and nothing of an earlier one', async () => {
  const seen: (string | undefined)[] = [];
  const slack: Sink = {
    name: 'slack',
    async send({ key }, { receipt }) {
      seen.push(receipt?.['ts']);
      return { kind: 'sent', receipt: { ts: key } };
    },
  };
  const sinks = [slack];
  await handOver(store, incident, { ...options, sinks });
  await auditOnce(store, reportAt('2026-11-20T13:00:00Z', []));
  await handOver(store, incident, { ...options, sinks });
  await auditOnce(store, reportAt('2026-11-22T14:00:00Z', [diagnosisOf()]));
  await handOver(store, incident, { ...options, sinks });
  expect(seen).toEqual([undefined, `${incident}#1#1`, undefined]);
});

test('a sink that got half of a message is handed that half when it is tried again', async () => {
  const receipts: unknown[] = [];
  const slack: Sink = {
    name: 'slack',
    async send(_, { receipt }) {
      receipts.push(receipt);
      return receipt === undefined
        ? { kind: 'retry', afterMs: 60_000, receipt: { ts: '1' } }
        : { kind: 'sent', receipt: { ...receipt, told: 'yes' } };
    },
  };
  expect(await handOver(store, incident, { ...options, sinks: [slack] })).toMatchObject({ postponed: ['slack'] });
  expect(await handOver(store, incident, { ...options, sinks: [slack] })).toMatchObject({ deliveredTo: ['slack'] });
  expect(receipts).toEqual([undefined, { ts: '1', episode: '1' }]);
});

test('only channels whose route matches are told, and those are told of the end whatever it looks like', async () => {
  const critical = sinkOf('critical');
  const shop = sinkOf('shop');
  const all = sinkOf('all');
  const routes = [
    { match: { severity: 'critical' as const }, to: ['critical'] },
    { match: { namespaces: ['sh*'], clusters: ['prod'] }, to: ['shop'] },
  ];
  const sinks = [critical, shop, all];
  await handOver(store, incident, { ...options, sinks, routes });
  await auditOnce(store, reportAt('2026-11-20T13:00:00Z', []));
  const later = [routes[0], { match: { clusters: ['gone'] }, to: ['shop'] }].flatMap((route) => route ?? []);
  await handOver(store, incident, { ...options, sinks, routes: later });
  expect([critical, shop, all].map(({ keys }) => keys.length)).toEqual([0, 2, 2]);
});

test('who has a message is noted before the others have it: a killed invocation does not send it again', async () => {
  const slack = sinkOf('slack');
  const hangs: Sink = { name: 'sns', send: () => new Promise(() => {}) };
  // This invocation never ends, as one that Lambda kills.
  void handOver(store, incident, { ...options, sinks: [slack, hangs] });
  await vi.waitFor(async () => expect(await store.pending()).toMatchObject([{ deliveredTo: ['slack'] }]));
  await handOver(store, incident, { ...options, sinks: [slack, sinkOf('sns')] });
  expect(slack.keys).toHaveLength(1);
  expect(await store.pending()).toEqual([]);
});

test('a sink is not waited for once the time of the message is over', async () => {
  const always = sinkOf('slack', ...Array.from({ length: 50 }, (): Delivery => ({ kind: 'retry', afterMs: 100 })));
  const signal = AbortSignal.abort();
  expect(await handOver(store, incident, { ...options, patienceMs: 60_000, signal, sinks: [always] })).toMatchObject({
    postponed: ['slack'],
  });
  expect(always.keys).toHaveLength(1);
});
