import { expect, test } from 'vitest';
import { nodeportNotAllocated } from '../../core/checks/registration/nodeport-not-allocated.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ip, ownedBy, saying } from './controller-case.ts';

const without = (make: () => Facts, spec: { type?: string; allocateLoadBalancerNodePorts?: boolean }) =>
  given(make, ({ slices }) => {
    for (const service of slices.services) {
      Object.assign(service.spec, spec);
      service.spec.ports = service.spec.ports.map(({ nodePort: _, ...port }) => port);
    }
  });
const declined = without(
  given(sampleFacts, ({ slices }) => slices.targetHealth.splice(0)),
  { allocateLoadBalancerNodePorts: false },
);

testCheck(nodeportNotAllocated, {
  found: [
    {
      name: 'a Service that declines NodePorts, and what the controller says',
      facts: saying(declined, {
        reason: 'FailedBuildModel',
        note: 'Failed build model due to unable to support instance target type with an unallocated NodePort',
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /port 80 has no NodePort, since allocateLoadBalancerNodePorts is false; event FailedBuildModel/,
    },
    {
      name: 'a Service of type ClusterIP, with the old port still registered',
      facts: without(
        given(sampleFacts, ({ slices }) => fail(slices.targetHealth)),
        { type: 'ClusterIP' },
      ),
      targets: [],
      confidence: 'confirmed',
      saw: 'the Service is of type ClusterIP',
    },
  ],
  ruledOut: [
    { name: 'ip targets, which need none', facts: without(ip, { allocateLoadBalancerNodePorts: false }) },
    {
      name: 'NodePorts that were kept',
      facts: given(sampleFacts, ({ slices }) => {
        for (const { spec } of slices.services) spec.allocateLoadBalancerNodePorts = false;
        fail(slices.targetHealth);
      }),
    },
    {
      name: 'another NodePort than the registered one',
      facts: given(sampleFacts, ({ slices }) => {
        for (const { spec } of slices.services) for (const port of spec.ports) port.nodePort = 31999;
        fail(slices.targetHealth);
      }),
    },
  ],
});

test.each([
  ['LoadBalancer', '{"spec":{"allocateLoadBalancerNodePorts":true}}'],
  ['ClusterIP', '{"spec":{"type":"NodePort"}}'],
])('a Service of type %s gets NodePorts and no second load balancer', (type, patch) => {
  const facts = without(sampleFacts, { type, allocateLoadBalancerNodePorts: false })();
  const evidence = groupsOf(facts).flatMap((group) => nodeportNotAllocated.run(group, facts.slices));
  expect(evidence).toMatchObject([{ values: { patch } }]);
});

test.each([
  ['aws-load-balancer-controller', true],
  ['cloud-provider-aws', false],
] as const)('pods as targets instead are proposed under %s: %s', (controller, proposed) => {
  const facts = ownedBy(declined, controller)();
  const evidence = groupsOf(facts).flatMap((group) => nodeportNotAllocated.run(group, facts.slices) ?? []);
  expect(evidence.map(({ values }) => values !== undefined && 'ipTargets' in values)).toEqual([proposed]);
});
