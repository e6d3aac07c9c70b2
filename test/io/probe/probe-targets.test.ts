import { expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { planProbes } from '../../../core/probes/plan.ts';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { probeTargets, withoutProbes } from '../../../io/probe/probe-targets.ts';
import { sampleFacts } from '../../core/sample-facts.ts';
import { address, closedPort, serve } from './targets.ts';

/** Facts of a Service with one unhealthy ip target, at a port of this machine where nobody listens. */
const factsWithDeadTarget = async (targetGroupArn: string): Promise<Facts> =>
  factsWithTarget(targetGroupArn, await closedPort());

function factsWithTarget(targetGroupArn: string, port: number): Facts {
  const facts = sampleFacts({ targetType: 'ip' });
  const [target] = facts.slices.targetHealth;
  const [targetGroup] = facts.slices.targetGroups;
  if (target === undefined || targetGroup === undefined) throw new Error('no target');
  facts.slices.targetGroups = [{ ...targetGroup, arn: targetGroupArn }];
  facts.slices.targetHealth = [
    { ...target, targetGroupArn, id: address, port, healthCheckPort: port, state: 'unhealthy' },
  ];
  facts.owners = [];
  facts.slices.vpcs = facts.slices.vpcs.map((vpc) => ({ ...vpc, cidrs: ['127.45.0.0/16'] }));
  return facts;
}

test('every target group gets its own probes', async () => {
  const both = [await factsWithDeadTarget('arn:of:one'), await factsWithDeadTarget('arn:of:other')];
  const probed = await probeTargets(both, AbortSignal.timeout(10_000));
  expect(
    probed.map(({ slices }) => slices.probes.map(({ targetGroupArn, outcome }) => [targetGroupArn, outcome])),
  ).toEqual([[['arn:of:one', { kind: 'refused' }]], [['arn:of:other', { kind: 'refused' }]]]);
  expect(probed.flatMap(({ gaps }) => gaps)).toEqual([]);
});

test('a bad answer is followed by the same question put otherwise, in a second wave', async () => {
  await using server = await serve((socket) => {
    socket.once('data', (bytes) => {
      const knows = bytes.toString('latin1').includes(`Host: ${address}:`);
      socket.end(`HTTP/1.1 ${knows ? 200 : 404} Said\r\nContent-Length: 0\r\n\r\n`);
    });
  });
  const facts = factsWithTarget('arn:of:one', server.port);
  for (const targetGroup of facts.slices.targetGroups) {
    targetGroup.healthCheck = { ...targetGroup.healthCheck, protocol: 'HTTP', path: '/' };
  }
  const [probed] = await probeTargets([facts], AbortSignal.timeout(10_000));
  expect(probed?.slices.probes.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
    ['health-check', { kind: 'http', status: 404 }],
    ['other-host', { kind: 'http', status: 200 }],
  ]);
});

test('a probe that could not be sent is a gap about its target', async () => {
  const facts = await factsWithDeadTarget('arn:of:one');
  expect(planProbes(facts)).toHaveLength(1);
  const [probed] = await probeTargets([facts], AbortSignal.abort());
  expect(probed?.slices.probes).toEqual([]);
  expect(probed?.gaps).toMatchObject([
    {
      slice: 'probes',
      scope: { kind: 'target', targetGroupArn: 'arn:of:one', id: address },
      reason: 'deadline',
      message: 'the probe could not be sent: the run ended first',
    },
  ]);
});

test('probes that nobody wanted are a gap of that kind', () => {
  const [facts] = withoutProbes([sampleFacts()]);
  expect(facts?.gaps).toMatchObject([{ slice: 'probes', scope: { kind: 'all' }, reason: 'not-requested' }]);
});

test('of sixty targets alike twenty are probed, and the report says for how many they stand', async () => {
  const facts = await factsWithDeadTarget('arn:of:one');
  const [target] = facts.slices.targetHealth;
  if (target === undefined) throw new Error('no target');
  facts.slices.targetHealth = Array.from({ length: 60 }, (_, index) => ({ ...target, id: `127.45.1.${index}` }));
  const probed = await probeTargets([facts], AbortSignal.timeout(10_000));
  expect(probed[0]?.slices.probes).toHaveLength(20);
  expect(probed[0]?.gaps).toEqual([]);

  const at = facts.takenAt;
  const run = { id: 'a', startedAt: at, finishedAt: at, apiCalls: {}, throttles: 0, waitedMs: 0 };
  const { account, region, partition } = facts;
  const { targetGroups, targetHealth, loadBalancers, listeners } = facts.slices;
  const elb = { targetGroups, targetHealth, loadBalancers, listeners };
  const inventory = { account, region, partition, takenAt: at, clusters: [], owners: [], gaps: [], ...elb };
  const { report } = assess({ run, inventory, facts: probed });
  expect(report.coverage.targets).toMatchObject({ probed: 20, alike: 40 });
  expect(renderMarkdown(report)).toContain('20 probed that stand for 40 more');
});

/** Facts of healthy targets behind a TLS listener: two target groups of one listener, as seen in two clusters. */
function factsBehindTls(port: number): Facts[] {
  return ['arn:of:one', 'arn:of:other'].map((targetGroupArn) => {
    const facts = factsWithTarget(targetGroupArn, port);
    for (const target of facts.slices.targetHealth) target.state = 'healthy';
    for (const listener of facts.slices.listeners)
      Object.assign(listener, {
        protocol: 'TLS',
        forwards: [{ targetGroupArn: 'arn:of:one' }, { targetGroupArn: 'arn:of:other' }],
      });
    return facts;
  });
}

test('a healthy target gets one connection for each listener and run, and none where only failing targets are probed', async () => {
  let connections = 0;
  await using server = await serve((socket) => {
    connections += 1;
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  const probed = await probeTargets(factsBehindTls(server.port), AbortSignal.timeout(10_000));
  expect(probed.flatMap(({ slices }) => slices.probes.map(({ purpose, outcome }) => [purpose, outcome.kind]))).toEqual([
    ['client-tls', 'tls-failed'],
  ]);
  expect(connections).toBe(1);
  const spared = await probeTargets(factsBehindTls(server.port), AbortSignal.timeout(10_000), { failingOnly: true });
  expect(spared.flatMap(({ slices }) => slices.probes)).toEqual([]);
  expect(connections).toBe(1);
});
