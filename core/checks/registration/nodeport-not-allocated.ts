import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf, servicePortOf } from '../../kubernetes/service.ts';

export const nodeportNotAllocated = check({
  id: 'nodeport-not-allocated',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'The Service allocates no NodePort, and its targets are instances',
  symptom: 'The target group is missing, or has lost its targets, since the Service has no NodePorts.',
  why: `Instances are registered on the NodePort of the Service. With allocateLoadBalancerNodePorts: false, or with a Service of type
ClusterIP, there is none: the controller cannot build the target group, and an earlier one has targets on a port on which no node
listens, or no targets at all.`,
  proof: `The targets of the group are instances, and the Service port behind it has no NodePort, because the Service disables them or is of
a type that has none.`,
  nearMisses: [
    'With ip targets no NodePort is needed.',
    'The NodePort has changed: `nodeport-changed-stale-target-group`.',
  ],
  decidedBy: 'the event FailedBuildModel of the Service',
  fix: [
    {
      text: 'Let Kubernetes allocate NodePorts again.',
      change: { patch: '{patch}', type: 'merge' },
      disturbs: { nothing: 'the ports of the Service get NodePorts, and its targets register.' },
    },
    {
      text: 'Or register pods instead of nodes.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': '{ipTargets}' } },
      when: 'ipTargets',
      danger: 'This works only if the AWS Load Balancer Controller created the target group for the Service.',
      disturbs: 'The target group of this Service is replaced, and its targets need some minutes to become healthy.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
  ],
  masks: [
    'ready-endpoints-not-registered',
    'nodeport-changed-stale-target-group',
    'controller-build-or-deploy-failed',
    'stale-targets-not-deregistered',
    'hc-port-wrong',
  ],
  needs: ['services'],
  optional: ['events', 'targetGroupBindings'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, events, targetGroupBindings }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || port === undefined || port.nodePort !== undefined) return undefined;
    const { type, allocateLoadBalancerNodePorts } = service.spec;
    if (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false) return [];
    const why = type === 'LoadBalancer' ? 'allocateLoadBalancerNodePorts is false' : `the Service is of type ${type}`;
    const reconcileError = reconcileErrorsOf(group, events ?? [], targetGroupBindings).find(
      ({ category }) => category === 'node-port',
    );
    return [
      {
        saw: `port ${port.port} has no NodePort, since ${why}${reconcileError ? `; ${formatReconcileError(reconcileError)}` : ''}`,
        expected: 'a NodePort behind instance targets, or ip targets',
        confidence: 'confirmed',
        values: {
          patch: JSON.stringify({ spec: type === 'LoadBalancer' ? allocating : { type: 'NodePort' } }),
          // cloud-provider-aws registers instances alone.
          ...(group.owner?.controller !== 'cloud-provider-aws' && { ipTargets: 'ip' }),
        },
      },
    ];
  },
});

const allocating = { allocateLoadBalancerNodePorts: true };
