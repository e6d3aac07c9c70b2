import { nodeDropsLocalPods } from '../../core/checks/node/node-drops-local-pods.ts';
import type { Facts } from '../../core/model/facts.ts';
import { daemonSet, openFacts, shutOut, silence } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe, probePod } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** Cilium instead of kube-proxy; the two nodes with pods time out, the third one is healthy. */
const dropping = given(openFacts, (facts) => {
  facts.slices.workloads.push(daemonSet('cilium', {}));
  const busy = [instanceId(0), instanceId(1)];
  fail(facts.slices.targetHealth, ...busy);
  for (const only of busy) probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' }, { only });
  for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'open' });
});
const healthyAgain = (facts: Facts, index: number) => {
  for (const each of facts.slices.targetHealth) if (each.id === instanceId(index)) each.state = 'healthy';
};

/** The same with the two nodes alone. */
const everywhere = given(dropping, ({ slices }) => {
  slices.targetHealth = slices.targetHealth.filter(({ id }) => id !== instanceId(2));
});

testCheck(nodeDropsLocalPods, {
  found: [
    {
      name: 'exactly the nodes with pods time out',
      facts: dropping,
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: `${nodeName(0)} runs 1 of 2 ready endpoints: 1 of 1 connections to its NodePort 31080 got no answer, 10.0.0.100 answers on its own address, and the 1 nodes without one are healthy; Cilium`,
      values: { node: nodeName(0), plugin: 'Cilium', agent: 'cilium' },
    },
    {
      name: 'every node runs a pod, and none answers on the NodePort',
      facts: everywhere,
      targets: [instanceId(0), instanceId(1)],
      confidence: 'possible',
      saw: '2 nodes run a pod of the Service, and none of them answers on NodePort 31080, though every rule admits it and the pods answer on their own addresses; Cilium',
    },
    {
      name: 'the only node without a pod is leaving',
      facts: given(dropping, (facts) => {
        fail(facts.slices.targetHealth, instanceId(2));
        for (const node of facts.slices.nodes)
          if (node.metadata.name === nodeName(2))
            node.spec.taints.push({ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' });
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'possible',
      saw: '2 nodes run a pod of the Service',
    },
  ],
  ruledOut: [
    {
      name: 'every node runs a pod, and a security group keeps the packets out',
      facts: given(everywhere, shutOut),
    },
    {
      name: 'every node runs a pod, and one answers',
      facts: given(everywhere, (facts) => healthyAgain(facts, 1)),
    },
    {
      name: 'the VPC CNI and kube-proxy alone',
      facts: given(dropping, ({ slices }) => {
        slices.workloads = slices.workloads.filter(({ metadata }) => metadata.name !== 'cilium');
      }),
    },
    { name: 'a node with a pod is healthy', facts: given(dropping, (facts) => healthyAgain(facts, 1)) },
    {
      name: 'the node without a pod fails too',
      facts: given(dropping, (facts) => fail(facts.slices.targetHealth, instanceId(2))),
    },
    {
      name: 'the pods are silent themselves',
      facts: given(dropping, ({ slices }) => {
        for (const each of slices.probes)
          if (each.purpose === 'pod') each.outcome = { kind: 'timeout', phase: 'connect' };
      }),
    },
    {
      name: 'the mirror image: nodes without pods fail',
      facts: given(openFacts, (facts) => {
        facts.slices.workloads.push(daemonSet('cilium', {}));
        fail(facts.slices.targetHealth, instanceId(2));
        silence(facts, instanceId(2));
      }),
    },
    {
      name: 'the policy Local',
      facts: given(
        () => openFacts({ policy: 'Local' }),
        (facts) => {
          facts.slices.workloads.push(daemonSet('cilium', {}));
        },
      ),
    },
  ],
});
