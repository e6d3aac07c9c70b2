import { formatChoice, isChosen, isEmpty, nodeChoiceOf } from '../../controllers/node-selection.ts';
import { check } from '../../diagnosis/check.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';

export const targetNodeLabelsSelectNothing = check({
  id: 'target-node-labels-select-nothing',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'The node labels that the Service sets select no node that could serve',
  symptom: 'The target group is empty or has only nodes without a pod of the Service.',
  why: `target-node-labels limits which nodes become targets. With a label that no node has, the target group stays empty. Under the policy
Local, with a label of nodes without pods of the Service, all targets answer 503.`,
  proof: `The Service or its TargetGroupBinding sets node labels, and no node has all of them; or the policy is Local and none of
the nodes that have them runs a ready endpoint.`,
  nearMisses: [
    'In cloud-provider-aws a key without a value matches any value; the AWS Load Balancer Controller needs key=value.',
    'The nodes match but have an excluding label: `node-excluded-by-label`.',
  ],
  decidedBy: 'the labels of the nodes: kubectl get nodes --show-labels',
  fix: [
    {
      text: 'Set a label that the nodes have, or remove the annotation.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-target-node-labels': null } },
      disturbs: 'Every node of the cluster becomes a target of this Service.',
    },
    { text: 'For a TargetGroupBinding written by hand, change its nodeSelector.' },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#target-node-labels',
  ],
  masks: ['ready-endpoints-not-registered'],
  needs: ['services', 'nodes', 'endpointSlices'],
  optional: ['targetGroupBindings'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, nodes, endpointSlices, targetGroupBindings }) {
    const service = serviceOf(group, services);
    const choice = nodeChoiceOf(group, service, targetGroupBindings);
    if (service === undefined || choice === undefined) return undefined;
    const chosen = nodes.filter((node) => isChosen(node, choice)).map(({ metadata }) => metadata.name);
    const request = `${choice.by} asks for ${formatChoice(choice)}`;
    if (chosen.length === 0) {
      if (!isEmpty(group)) return [];
      return [
        {
          saw: `${request}; none of ${nodes.length} nodes has that`,
          expected: 'labels that nodes of the cluster have',
          confidence: 'confirmed' as const,
        },
      ];
    }
    const busy = endpointsOf(service, servicePortOf(group, service), endpointSlices)
      .filter(isReady)
      .flatMap(({ nodeName }) => nodeName ?? []);
    if (!isLocal(group, service) || busy.length === 0 || busy.some((name) => chosen.includes(name))) return [];
    return group.failing.map((target) => ({
      target,
      saw: `${request}; ${chosen.join(', ')} ${chosen.length > 1 ? 'have' : 'has'} that, the ready pods run on ${[...new Set(busy)].join(', ')}`,
      expected: 'labels of nodes that run pods of the Service',
      confidence: 'confirmed' as const,
    }));
  },
});
