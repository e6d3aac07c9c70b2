import { expect, test } from 'vitest';
import { trafficPortSilent } from '../../core/checks/answer/traffic-port-silent.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { openFacts, shutOut } from '../core/network/open-path.ts';
import { fail, instanceId, metadata, nodeName, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = (): Facts => {
  const facts = openFacts({ policy: 'Local' });
  for (const target of facts.slices.targetHealth) target.state = 'healthy';
  return facts;
};
const answers =
  (outcome: ProbeOutcome, only = instanceId(0)) =>
  (facts: Facts): void =>
    probe(facts, 'client-connect', outcome, { only, protocol: 'TCP', port: 31080 });
const silent = answers({ kind: 'timeout', phase: 'connect' });
const restrict = ({ slices }: Facts): void => {
  slices.networkPolicies.push({
    metadata: metadata('web', 'shop'),
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [] },
  } as never);
};

testCheck(trafficPortSilent, {
  found: [
    {
      name: 'a node with a ready pod that gives no answer, although every rule admits the probe',
      facts: given(local, silent),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /TCP 10\.0\.0\.10:31080: no answer.*every rule admits it; the health check asks port 32080/,
      values: { port: 31_080, node: nodeName(0) },
    },
    {
      name: 'the same, where a network policy may have dropped it',
      facts: given(local, silent, restrict),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: /no answer/,
    },
  ],
  ruledOut: [
    { name: 'a target that accepts', facts: given(local, answers({ kind: 'open' })) },
    { name: 'a target that refuses', facts: given(local, answers({ kind: 'refused' })) },
    {
      name: 'a health check of the traffic port itself',
      facts: given(local, silent, ({ slices }) => {
        for (const target of slices.targetHealth) target.healthCheckPort = target.port;
      }),
    },
    {
      name: 'a target group that no listener uses',
      facts: given(local, silent, ({ slices }) => {
        for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
  ],
});

test.each<[string, (facts: Facts) => void]>([
  ['no target was asked', () => {}],
  [
    'no rule admits the prober',
    (facts) => {
      silent(facts);
      shutOut(facts);
    },
  ],
  ['the node has no ready pod', answers({ kind: 'timeout', phase: 'connect' }, instanceId(2))],
  [
    'the target has failed meanwhile',
    (facts) => {
      silent(facts);
      fail(facts.slices.targetHealth, instanceId(0));
    },
  ],
])('where %s it is unknown', (_, change) => {
  const facts = given(local, change)();
  expect(groupsOf(facts).flatMap((group) => examine(group, facts, [trafficPortSilent]))).toMatchObject([
    { outcome: 'unknown' },
  ]);
});
