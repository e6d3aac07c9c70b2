import { nodeDropsRemotePods } from '../../core/checks/node/node-drops-remote-pods.ts';
import type { Facts } from '../../core/model/facts.ts';
import { daemonSet, openFacts, silence } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** Cilium instead of kube-proxy; the third node has no pod and times out. */
const losing = given(openFacts, (facts) => {
  facts.slices.workloads.push(daemonSet('cilium', {}));
  fail(facts.slices.targetHealth, instanceId(2));
  probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' }, { only: instanceId(2) });
});

testCheck(nodeDropsRemotePods, {
  found: [
    {
      name: 'exactly the nodes without a pod time out',
      facts: losing,
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: `${nodeName(2)} runs none of 2 ready endpoints, and its NodePort 31080 gives no answer; every node with one is healthy (2); Cilium`,
      values: { plugin: 'Cilium', agent: 'cilium', node: nodeName(2) },
    },
  ],
  ruledOut: [
    {
      name: 'the VPC CNI and kube-proxy alone',
      facts: given(losing, ({ slices }) => {
        slices.workloads = slices.workloads.filter(({ metadata }) => metadata.name !== 'cilium');
      }),
    },
    {
      name: 'a node with a pod fails too',
      facts: given(losing, (facts) => fail(facts.slices.targetHealth, instanceId(0))),
    },
    {
      name: 'the mirror image: nodes with pods fail',
      facts: given(openFacts, (facts: Facts) => {
        facts.slices.workloads.push(daemonSet('cilium', {}));
        fail(facts.slices.targetHealth, instanceId(0), instanceId(1));
        silence(facts, instanceId(0));
      }),
    },
    {
      name: 'the node refuses',
      facts: given(losing, ({ slices }) => {
        for (const each of slices.probes) each.outcome = { kind: 'refused' };
      }),
    },
    {
      name: 'a node with a pod that hints keep for another zone fails too',
      facts: given(losing, (facts) => {
        for (const { endpoints } of facts.slices.endpointSlices)
          for (const [index, endpoint] of endpoints.entries()) endpoint.hints = { zones: [`eu-west-1${'ba'[index]}`] };
        for (const [index, { metadata }] of facts.slices.nodes.entries())
          metadata.labels['topology.kubernetes.io/zone'] = `eu-west-1${'abc'[index]}`;
        fail(facts.slices.targetHealth, instanceId(0), instanceId(1));
        // Without hints the two nodes with a pod would pass for busy and prove that only remote pods are out of reach.
        probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) });
      }),
    },
    {
      name: 'the policy Local',
      facts: given(losing, ({ slices }) => {
        for (const { spec } of slices.services) spec.externalTrafficPolicy = 'Local';
      }),
    },
  ],
});
