import { expect, test } from 'vitest';
import { nodeportNotAllocated } from '../../core/checks/registration/nodeport-not-allocated.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
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

/** The health check goes to the healthCheckNodePort, which the Service has all the same. */
const local = without(() => sampleFacts({ policy: 'Local' }), { allocateLoadBalancerNodePorts: false });
const atOldPort = { only: instanceId(0), protocol: 'TCP', port: 31080 } as const;

testCheck(nodeportNotAllocated, {
  found: [
    {
      name: 'healthy targets under Local, of which one refuses clients',
      facts: given(local, (facts) => probe(facts, 'client-connect', { kind: 'refused' }, atOldPort)),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: /port 80 has no NodePort, since allocateLoadBalancerNodePorts is false; TCP 10\.0\.0\.10:31080: connection refused/,
    },
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
    { name: 'healthy targets under Local, of which none was asked', facts: local },
    {
      name: 'healthy targets under Local that a process of the host serves',
      facts: given(local, (facts) => probe(facts, 'client-connect', { kind: 'open' }, atOldPort)),
    },
    {
      name: 'targets that fail a health check of another port of the Service',
      facts: given(local, ({ slices }) => fail(slices.targetHealth)),
    },
    {
      name: 'healthy targets that are checked where clients arrive',
      facts: without(sampleFacts, { allocateLoadBalancerNodePorts: false }),
    },
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
  const failing = given(sampleFacts, ({ slices }) => fail(slices.targetHealth));
  const facts = without(failing, { type, allocateLoadBalancerNodePorts: false })();
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
