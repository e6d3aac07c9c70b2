import { expect, test } from 'vitest';
import type { Facts } from '../../../core/model/facts.ts';
import { planReconnects } from '../../../core/probes/reconnect.ts';
import { nodeGroup, openFacts, shutOut } from '../network/open-path.ts';
import { fail, instanceId, probe, sampleFacts } from '../sample-facts.ts';

const silent = { kind: 'timeout', phase: 'connect' } as const;

function failing(change: (facts: Facts) => void, ...ids: string[]): Facts {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, ...ids);
  change(facts);
  return facts;
}

test('a failing target whose SYN met no answer is connected to again, one SYN a connection, where others are healthy', () => {
  const facts = failing((each) => probe(each, 'health-check', silent, { only: instanceId(0) }), instanceId(0));
  expect(planReconnects(facts)).toEqual([
    {
      purpose: 'connect-again',
      targetGroupArn: expect.any(String),
      targetId: instanceId(0),
      targetPort: 31080,
      request: { address: '10.0.0.10', port: 31080, protocol: 'TCP', timeoutMs: 900 },
      attempts: 10,
    },
  ]);
});

test('so is one that was answered only after the kernel had repeated the SYN', () => {
  const facts = failing((each) => {
    probe(each, 'health-check', { kind: 'open' }, { only: instanceId(0) });
    for (const { timings } of each.slices.probes) timings.connectMs = 1020;
  }, instanceId(0));
  expect(planReconnects(facts)).toMatchObject([{ targetId: instanceId(0) }]);
});

test('where every target is silent nothing is lost: something drops', () => {
  expect(planReconnects(failing((each) => probe(each, 'health-check', silent)))).toEqual([]);
});

test('so is one that answers well although Elastic Load Balancing sees it fail: loss hits only some', () => {
  const facts = failing(
    (each) => probe(each, 'health-check', { kind: 'open' }, { only: instanceId(0) }),
    instanceId(0),
  );
  expect(planReconnects(facts)).toMatchObject([{ targetId: instanceId(0), attempts: 10 }]);
});

test('a target that refuses, and one that has just been registered, are left alone', () => {
  const facts = failing((each) => {
    probe(each, 'health-check', { kind: 'open' }, { only: instanceId(0) });
    probe(each, 'health-check', { kind: 'refused' }, { only: instanceId(1) });
    for (const target of each.slices.targetHealth) if (target.id === instanceId(0)) target.state = 'initial';
  });
  expect(facts.slices.probes).toHaveLength(2);
  expect(planReconnects(facts)).toEqual([]);
});

test('at most five targets of a group are', () => {
  const facts = failing((each) => {
    const [first] = each.slices.targetHealth;
    if (first === undefined) throw new Error('the sample has no target');
    const more = Array.from({ length: 9 }, (_, index) => ({ ...first, id: `i-0more${index}` }));
    each.slices.targetHealth.push(...more);
    probe(each, 'health-check', silent);
    each.slices.targetHealth.push({ ...first, id: 'i-0well', state: 'healthy' });
  });
  expect(planReconnects(facts)).toHaveLength(5);
});

test('beside a pod, the port that kube-proxy serves on its node is connected to as often, where the rules admit it', () => {
  const open = openFacts({ targetType: 'ip' });
  fail(open.slices.targetHealth, '10.0.0.100');
  probe(open, 'health-check', silent, { only: '10.0.0.100', address: '10.0.0.100' });
  expect(planReconnects(open)).toMatchObject([
    { purpose: 'connect-again', request: { address: '10.0.0.100' } },
    {
      purpose: 'connect-node',
      targetId: '10.0.0.100',
      request: { address: '10.0.0.10', port: 10256, protocol: 'TCP', timeoutMs: 900 },
      attempts: 10,
    },
  ]);
});

test('the port of the kubelet is where the rules admit only that', () => {
  const open = openFacts({ targetType: 'ip' });
  for (const each of nodeGroup(open).rules)
    if (each.referencedGroupId === 'sg-0000000000000000c')
      Object.assign(each, { protocol: 'tcp', fromPort: 10250, toPort: 10250 });
  fail(open.slices.targetHealth, '10.0.0.100');
  probe(open, 'health-check', silent, { only: '10.0.0.100', address: '10.0.0.100' });
  expect(planReconnects(open)).toMatchObject([{}, { purpose: 'connect-node', request: { port: 10250 } }]);
});

test('no port of the node is where no rule admits it, or where kube-proxy serves the port of the target too', () => {
  const closed = openFacts({ targetType: 'ip' });
  shutOut(closed);
  fail(closed.slices.targetHealth, '10.0.0.100');
  probe(closed, 'health-check', silent, { only: '10.0.0.100', address: '10.0.0.100' });
  expect(planReconnects(closed)).toMatchObject([{ purpose: 'connect-again' }]);

  const local = openFacts({ policy: 'Local' });
  fail(local.slices.targetHealth, instanceId(0));
  probe(local, 'health-check', silent, { only: instanceId(0) });
  expect(planReconnects(local)).toMatchObject([{ purpose: 'connect-again' }]);
});
