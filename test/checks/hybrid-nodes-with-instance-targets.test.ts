import { hybridNodesWithInstanceTargets } from '../../core/checks/registration/hybrid-nodes-with-instance-targets.ts';
import type { Facts } from '../../core/model/facts.ts';
import { metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, ownedBy, saying } from './controller-case.ts';

const name = 'mi-05d4ed265d52f1c76';
const unresolved = {
  kind: 'TargetGroupBinding' as const,
  name: 'k8s-shop-web-0123456789',
  reason: 'FailedReconcile',
  note: `Failed reconcile due to cannot resolve node ENI for nodes: [/${name}]`,
};

/** A machine outside AWS that joined the cluster. */
const joined = (make: () => Facts, labels: Record<string, string> = {}) =>
  given(make, ({ slices }) => {
    const [like] = slices.nodes;
    if (like === undefined) throw new Error('the sample has nodes');
    const node = structuredClone(like);
    node.metadata = { ...metadata(name), labels: { 'eks.amazonaws.com/compute-type': 'hybrid', ...labels } };
    node.spec.providerID = `eks-hybrid:///eu-west-1/shop/${name}`;
    slices.nodes.push(node);
    slices.targetGroupBindings = [binding({ targetType: 'instance' })];
  });
const empty = given(sampleFacts, ({ slices }) => {
  slices.targetHealth = [];
});

testCheck(hybridNodesWithInstanceTargets, {
  found: [
    {
      name: 'no node is registered',
      facts: saying(joined(empty), unresolved),
      targets: [],
      confidence: 'confirmed',
      saw: `${name}: no EC2 instance, and without an excluding label; event FailedReconcile (5 times): Failed reconcile due to cannot resolve node ENI`,
    },
    {
      name: 'a node of SageMaker HyperPod, where no rules are managed',
      facts: given(
        saying(joined(empty), {
          ...unresolved,
          note: `Failed reconcile due to providerID aws:///euw1-az1/sagemaker/cluster/hyperpod-1-${name} is invalid for EC2 instances, node: ${name}`,
        }),
        ({ slices }) => {
          for (const { metadata: own, spec } of slices.nodes.filter((node) => node.metadata.name === name)) {
            own.labels = {};
            spec.providerID = `aws:///euw1-az1/sagemaker/cluster/hyperpod-1-${name}`;
          }
        },
      ),
      targets: [],
      confidence: 'confirmed',
      saw: `${name}: no EC2 instance`,
      values: { nodes: [name] },
    },
    {
      name: 'healthy targets of before, as a risk',
      facts: saying(joined(sampleFacts), unresolved),
      targets: [],
      confidence: 'confirmed',
      saw: 'cannot resolve node ENI',
    },
  ],
  ruledOut: [
    { name: 'a hybrid node of which the controller says nothing', facts: joined(empty) },
    {
      name: 'a hybrid node that is excluded by now',
      facts: saying(joined(empty, { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' }), unresolved),
    },
    {
      name: 'a binding that chooses other nodes',
      facts: given(saying(joined(empty), unresolved), ({ slices }) => {
        for (const { spec } of slices.targetGroupBindings)
          spec.nodeSelector = { matchLabels: { pool: 'web' }, matchExpressions: [] };
      }),
    },
    {
      name: 'the error about a node of EC2',
      facts: saying(joined(empty), {
        ...unresolved,
        note: 'Failed reconcile due to cannot resolve node ENI for nodes: [/ip-10-0-0-10.eu-west-1.compute.internal]',
      }),
    },
    {
      name: 'ip targets',
      facts: saying(
        joined(() => sampleFacts({ targetType: 'ip' })),
        unresolved,
      ),
    },
    { name: 'cloud-provider-aws', facts: ownedBy(saying(joined(empty), unresolved), 'cloud-provider-aws') },
  ],
});
