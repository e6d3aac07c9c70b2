import { localPodsOnLeavingNodes } from '../../core/checks/registration/local-pods-on-leaving-nodes.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, nodeName, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = () => sampleFacts({ policy: 'Local' });

const taint = (facts: Facts, ...indexes: number[]) => {
  for (const [index, node] of facts.slices.nodes.entries())
    if (indexes.includes(index)) node.spec.taints = [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }];
};

/** The controller has taken both nodes with pods out; the third one has none. */
const leaving = (facts: Facts) => {
  taint(facts, 0, 1);
  facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id === instanceId(2));
};

testCheck(localPodsOnLeavingNodes, {
  found: [
    {
      name: 'all nodes with a pod are gone from the group',
      facts: given(local, leaving),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: `2 ready endpoints, all on nodes that leave: ${nodeName(0)} (taint karpenter.sh/disrupted)`,
      values: { node: nodeName(0), workload: 'deployment/web' },
    },
    {
      name: 'no target is left, and Karpenter says what keeps the node',
      facts: given(local, (facts) => {
        leaving(facts);
        facts.slices.targetHealth = [];
        facts.slices.events.push({
          namespace: 'default',
          regarding: { kind: 'Node', name: nodeName(0) },
          type: 'Normal',
          reason: 'DisruptionBlocked',
          note: 'Cannot disrupt Node: PDB prevents pod evictions',
          count: 3,
          firstSeen: facts.takenAt,
          lastSeen: facts.takenAt,
        });
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'DisruptionBlocked: Cannot disrupt Node: PDB prevents pod evictions',
    },
  ],
  ruledOut: [
    {
      name: 'a ready pod on a node that stays',
      facts: given(local, (facts) => {
        leaving(facts);
        taint(facts, 0);
        for (const node of facts.slices.nodes.slice(1)) node.spec.taints = [];
      }),
    },
    {
      name: 'the nodes are still registered',
      facts: given(local, (facts) => {
        taint(facts, 0, 1);
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'no endpoint is ready',
      facts: given(local, (facts) => {
        leaving(facts);
        for (const { endpoints } of facts.slices.endpointSlices)
          for (const { conditions } of endpoints) conditions.ready = false;
      }),
    },
  ],
});
