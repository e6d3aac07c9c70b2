import { secondsSinceRenewal } from '../../controllers/controller.ts';
import { missingTargetsOf } from '../../controllers/missing-targets.ts';
import { controllerSeconds } from '../../controllers/pending.ts';
import { bindingsOf, successesOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { formatMissing } from '../../diagnosis/drift.ts';
import { nodesUnread } from '../../kubernetes/nodes-unread.ts';
import { secondsSince } from '../../kubernetes/pod.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Node } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

export const readyEndpointsNotRegistered = check({
  id: 'ready-endpoints-not-registered',
  kind: 'fault',
  stage: 'registration',
  order: 9,
  severity: 'critical',
  begunBy: ['DeregisterTargets'],
  driftSymptom: true,
  title: 'Ready endpoints of the Service are not registered as targets',
  symptom:
    'The target group is empty or too small, although pods have been ready for a long time. Registered targets may be healthy.',
  why: `Elastic Load Balancing sends traffic to registered targets only, and shows nothing of what is not registered. A controller that
fails silently, or that skips a binding because nothing in it has changed, omits ready pods or nodes: clients of an empty target group
are refused, and a group that is too small gets all the load.`,
  proof: `A controller fills the group, an endpoint (ip targets) or a node that its rules allow (instance targets) has been ready for more than
${controllerSeconds / 60} minutes, and DescribeTargetHealth does not list it.`,
  nearMisses: [
    'Pods, nodes, Services and load balancers that are minutes old.',
    'Nodes with an excluding label, nodes that are being removed, Fargate and hybrid nodes are not targets.',
    'A target group with weight 0 at all listeners gets no traffic: `intended-empty-or-blue-green`.',
    'If the controller is down, refused or throttled, that is the cause, and this is its consequence.',
  ],
  decidedBy: 'the log of the controller, and the status and the checkpoint annotation of the TargetGroupBinding',
  fix: [
    {
      text: 'Read what the controller logs about the binding or Service.',
      look: { kubectl: 'logs deployment/{controllerDeployment} --tail=200', in: '{controllerNamespace}' },
      when: 'binding',
    },
    {
      text: 'The AWS Load Balancer Controller skips bindings that have not changed since its checkpoint. Remove the checkpoint and it registers what is missing.',
      change: { wake: 'binding' },
      when: 'binding',
    },
    {
      text: 'The controller of EKS Auto Mode runs outside the cluster: read its events about the binding.',
      look: { kubectl: 'describe targetgroupbindings.eks.amazonaws.com {autoModeBinding}', in: '{bindingNamespace}' },
      when: 'autoModeBinding',
    },
    {
      text: 'cloud-provider-aws finds instances by spec.providerID, which the kubelet writes once when the Node registers: delete the Node object and restart its kubelet, or replace the node.',
      look: { kubectl: "get nodes -o custom-columns='NAME:.metadata.name,PROVIDER:.spec.providerID'" },
      when: 'unnamed',
    },
    {
      text: 'Make cloud-provider-aws compare again: any change of the Service triggers it.',
      change: { wake: 'service' },
      when: 'unbound',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
  ],
  masks: [],
  needs: ['services', 'pods', 'endpointSlices', 'targetHealth'],
  optional: ['nodes', 'targetGroupBindings', 'events', 'leases'],
  applies: ({ owner, targetGroup }) => owner !== undefined && targetGroup.targetType !== 'alb',

  run(group, { events = [], leases, nodes = [], ...rest }) {
    const facts = { ...rest, nodes };
    const missing = missingTargetsOf(group, facts);
    if (missing.length === 0) return [];
    const registered = group.targets.filter(({ state }) => state !== 'draining').length;
    const unnamed = facts.nodes.filter((node) => missing.includes(node.metadata.name) && hasNoProvider(node));
    const [binding] = bindingsOf(group, facts.targetGroupBindings ?? []);
    const renewed = secondsSinceRenewal(leases, group.takenAt);
    const [success] = successesOf(group, events, facts.targetGroupBindings).toSorted(
      (a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen),
    );
    const notes = [
      ...stranded(group, facts, missing),
      ...(unnamed.length > 0 ? [`${formatNodes(unnamed)} without spec.providerID`] : []),
      ...(binding !== undefined && binding.group === undefined && renewed !== undefined
        ? [`the controller renewed its Lease ${Math.round(renewed)} s ago`]
        : []),
      ...(success === undefined
        ? []
        : [`last event ${success.reason}, ${Math.round(secondsSince(success.lastSeen, group.takenAt) / 60)} min ago`]),
    ];
    return [
      {
        missing,
        saw: [
          `${formatMissing(group, missing)} and not registered; ${registered} target${registered === 1 ? ' is' : 's are'}`,
          ...notes,
        ].join('; '),
        expected: `registered within ${controllerSeconds / 60} min of becoming ready`,
        confidence: 'confirmed' as const,
        values: {
          ...(binding && {
            [binding.group === undefined ? 'binding' : 'autoModeBinding']: binding.metadata.name,
            bindingNamespace: binding.metadata.namespace ?? 'default',
          }),
          ...(unnamed.length === 0 &&
            group.owner?.controller === 'cloud-provider-aws' && { unbound: group.owner.service }),
          ...(unnamed.length > 0 && { unnamed: unnamed.map(({ metadata }) => metadata.name).join(', ') }),
        },
      },
    ];
  },

  undecided: (group, { nodes }) => nodesUnread(group, nodes),
});

const hasNoProvider = ({ spec }: Node): boolean => (spec.providerID ?? '') === '';

const formatNodes = (nodes: Node[]): string =>
  `${nodes.map(({ metadata }) => metadata.name).join(', ')} ${nodes.length > 1 ? 'are' : 'is'}`;

/** Under Local the ready endpoints on nodes that are not registered get no traffic from outside. */
function stranded(
  group: TargetGroupContext,
  facts: Parameters<typeof missingTargetsOf>[1],
  missing: string[],
): string[] {
  const service = serviceOf(group, facts.services);
  if (service === undefined || !isLocal(group, service)) return [];
  const ready = endpointsOf(service, servicePortOf(group, service), facts.endpointSlices).filter(isReady);
  const out = ready.filter(({ nodeName }) => nodeName !== undefined && missing.includes(nodeName));
  return [`${out.length} of ${ready.length} ready endpoints run on them`];
}
