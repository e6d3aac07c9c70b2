import { isChosen, nodeChoiceOf } from '../../controllers/node-selection.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { exclusionOf, isFargateNode } from '../../kubernetes/node.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { hasInstance } from '../../network/outside-vpc.ts';

export const hybridNodesWithInstanceTargets = check({
  id: 'hybrid-nodes-with-instance-targets',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'Nodes that are no EC2 instances, such as hybrid nodes, stop the registration of instance targets',
  symptom: 'Since machines outside EC2 joined the cluster, no node is registered any more and no rule is written.',
  why: `For instance targets the AWS Load Balancer Controller looks for the instance, and mostly the network interface, of every node that may be
a target. A hybrid node has neither in EC2, and a node of SageMaker HyperPod has none in the account. The controller stops at it with an
error, so that the other nodes are not registered either.`,
  proof: `The target type is instance, the last event of the TargetGroupBinding reports that the interfaces or the instances of nodes cannot be
found, and these nodes, whose providerID names no instance, have no label that excludes them.`,
  nearMisses: [
    'With ip targets pods on such nodes are registered by their addresses.',
    'A node with the excluding label, or outside the selection of the Service, is not looked at.',
    'The error about EC2 nodes alone has another cause: `controller-build-or-deploy-failed`.',
  ],
  decidedBy: 'the event of the TargetGroupBinding, which names the nodes',
  fix: [
    {
      text: 'Exclude these nodes from load balancers, and set the label in their kubelet configuration, so that new ones get it too.',
      change: {
        label: { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' },
        on: { object: 'nodes {nodes}' },
      },
      disturbs: 'These nodes leave every load balancer of the cluster that has instance targets.',
    },
    {
      text: 'Or choose the nodes of this Service by the annotation aws-load-balancer-target-node-labels, or use ip targets.',
    },
  ],
  links: [
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4525',
    'https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-overview.html',
  ],
  masks: ['controller-build-or-deploy-failed'],
  masksEvery: ['driftSymptom'],
  needs: [...driftNeeds, 'events', 'targetGroupBindings'],
  optional: [...driftOptional, 'workloads'],
  applies: ({ targetGroup, owner }) =>
    targetGroup.targetType === 'instance' &&
    (owner?.controller === 'aws-load-balancer-controller' ||
      owner?.controller === 'aws-load-balancer-controller-gateway'),

  run(group, facts) {
    const error = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).find(({ event }) =>
      unresolved.test(event.note),
    );
    if (error === undefined) return [];
    const choice = nodeChoiceOf(group, serviceOf(group, facts.services), facts.targetGroupBindings);
    const named = namesIn(error.event.note);
    const strangers = facts.nodes
      .filter((node) => !hasInstance(node) && !isFargateNode(node) && isChosen(node, choice))
      .filter((node) => exclusionOf(node, 'aws-load-balancer-controller') === undefined)
      .map(({ metadata }) => metadata.name);
    if (!strangers.some((name) => named.includes(name))) return [];
    return evidenceForDrift(group, driftOf(group, facts), (drift) => ({
      saw: [
        `${strangers.join(', ')}: no EC2 ${strangers.length > 1 ? 'instances' : 'instance'}, and without an excluding label`,
        formatReconcileError(error),
        ...(drift ? [drift.saw] : []),
      ].join('; '),
      expected: 'only nodes on EC2 among the possible targets',
      confidence: 'confirmed',
      values: { nodes: strangers },
    }));
  },
});

/** LBC:pkg/networking/node_eni_info_resolver.go: `[/name /name]`, each with its empty namespace; pkg/k8s/node_utils.go: the first alone. */
const unresolved =
  /cannot resolve node ENI for nodes: \[(?<names>[^\]]*)\]|is invalid for EC2 instances, node: (?<name>[^\s;,]+)/;

function namesIn(note: string): string[] {
  const { names = '', name } = unresolved.exec(note)?.groups ?? {};
  return name === undefined ? names.split(' ').map((each) => each.replace(/^\//, '')) : [name];
}
