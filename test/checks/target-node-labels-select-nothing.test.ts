import { targetNodeLabelsSelectNothing } from '../../core/checks/registration/target-node-labels-select-nothing.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { LabelSelector } from '../../core/model/kubernetes.ts';
import { binding } from '../core/sample-binding.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const asks = ({ slices }: Facts, labels: string) => {
  for (const service of slices.services)
    service.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels'] = labels;
};
const empty = given(sampleFacts, ({ slices }) => {
  slices.targetHealth = [];
});
const selecting = (nodeSelector: LabelSelector) =>
  given(empty, ({ slices }) => {
    const own = binding();
    slices.targetGroupBindings.push({ ...own, spec: { ...own.spec, nodeSelector } });
  });
const local = () => sampleFacts({ policy: 'Local' });

testCheck(targetNodeLabelsSelectNothing, {
  found: [
    {
      name: 'a label that no node has',
      facts: given(empty, (facts) => asks(facts, 'tier=edge')),
      targets: [],
      confidence: 'confirmed',
      saw: 'asks for tier=edge; none of 3 nodes has that',
    },
    {
      name: 'a key without a value, to the AWS Load Balancer Controller',
      facts: given(empty, (facts) => {
        asks(facts, 'tier=');
        for (const node of facts.slices.nodes) node.metadata.labels['tier'] = 'edge';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'none of 3 nodes',
    },
    {
      name: 'the selector of a binding',
      facts: selecting({ matchLabels: { tier: 'edge' }, matchExpressions: [] }),
      targets: [],
      confidence: 'confirmed',
      saw: 'nodeSelector of the TargetGroupBinding asks for tier=edge',
    },
    {
      name: 'expressions in the selector of a binding',
      facts: selecting({
        matchLabels: {},
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['edge', 'front'] },
          { key: 'spot', operator: 'DoesNotExist', values: [] },
        ],
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'nodeSelector of the TargetGroupBinding asks for tier in (edge,front),!spot; none of 3 nodes has that',
    },
    {
      name: 'under Local the label of the one node without a pod',
      facts: given(local, (facts) => {
        asks(facts, 'tier=edge');
        const last = facts.slices.nodes[2];
        if (last) last.metadata.labels['tier'] = 'edge';
        facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id === instanceId(2));
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'the ready pods run on',
    },
  ],
  ruledOut: [
    { name: 'no label asked for', facts: empty },
    {
      name: 'a key without a value, to cloud-provider-aws',
      facts: given(empty, (facts) => {
        asks(facts, 'tier');
        for (const node of facts.slices.nodes) node.metadata.labels['tier'] = 'edge';
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
      }),
    },
    {
      name: 'labels of nodes with pods',
      facts: given(local, (facts) => {
        asks(facts, 'tier=edge');
        for (const node of facts.slices.nodes) node.metadata.labels['tier'] = 'edge';
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'a label that no node has any more, while the targets of before serve on',
      facts: given(sampleFacts, (facts) => asks(facts, 'tier=edge')),
    },
  ],
});
