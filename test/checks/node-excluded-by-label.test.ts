import { nodeExcludedByLabel } from '../../core/checks/registration/node-excluded-by-label.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, nodeName, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const exclude = 'node.kubernetes.io/exclude-from-external-load-balancers';
const label = ({ slices }: Facts, value: string, ...indexes: number[]) => {
  for (const index of indexes) {
    const node = slices.nodes[index];
    if (node) node.metadata.labels[exclude] = value;
  }
};
const empty = given(sampleFacts, ({ slices }) => {
  slices.targetHealth = [];
});
const local = () => sampleFacts({ policy: 'Local' });

testCheck(nodeExcludedByLabel, {
  found: [
    {
      name: 'every node carries it, with any value',
      facts: given(empty, (facts) => {
        label(facts, 'false', 0, 1);
        label(facts, '', 2);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: `${nodeName(0)}: ${exclude}="false"`,
    },
    {
      name: 'every node that the Service asks for carries it',
      facts: given(empty, (facts) => {
        label(facts, 'true', 0, 1);
        for (const node of facts.slices.nodes.slice(0, 2)) node.metadata.labels['tier'] = 'edge';
        for (const { metadata } of facts.slices.services)
          metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels'] = 'tier=edge';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: nodeName(1),
    },
    {
      name: 'under Local every node with a pod carries it, and the one that is left fails',
      facts: given(local, (facts) => {
        label(facts, 'true', 0, 1);
        facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id === instanceId(2));
        fail(facts.slices.targetHealth);
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: nodeName(0),
    },
  ],
  ruledOut: [
    { name: 'an empty group without any such label', facts: empty },
    {
      name: 'one node left out on purpose, the others could serve',
      facts: given(empty, (facts) => label(facts, '', 2)),
    },
    {
      name: 'the value false to cloud-provider-aws',
      facts: given(empty, (facts) => {
        label(facts, 'false', 0, 1, 2);
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
      }),
    },
    {
      name: 'a label of before, which cloud-provider-aws no longer knows',
      facts: given(empty, (facts) => {
        for (const node of facts.slices.nodes) node.metadata.labels['node-role.kubernetes.io/master'] = '';
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
      }),
    },
    {
      name: 'nodes that Karpenter ends, which it labels itself',
      facts: given(local, (facts) => {
        label(facts, 'karpenter', 0, 1);
        for (const { spec } of facts.slices.nodes.slice(0, 2))
          spec.taints = [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }];
        for (const target of facts.slices.targetHealth) if (target.id !== instanceId(2)) target.state = 'draining';
      }),
    },
    {
      name: 'nodes that serve all the same and fail for another reason',
      facts: given(sampleFacts, (facts) => {
        label(facts, 'true', 0, 1, 2);
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
