import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { nodePortsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import { refusedClient } from '../../probes/client-answer.ts';
import { formatRequest } from '../../probes/results.ts';

export const nodeportNotAllocated = check({
  id: 'nodeport-not-allocated',
  kind: 'fault',
  riskWhenHealthy: true,
  clientsWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'The Service allocates no NodePort, and its targets are instances',
  symptom:
    'The target group is missing, or has lost its targets, since the Service has no NodePorts; or its targets are healthy and refuse clients.',
  why: `Instances are registered on the NodePort of the Service. With allocateLoadBalancerNodePorts: false, or with a Service of type
ClusterIP, there is none: the controller cannot build the target group, and an earlier one has targets on a port on which no node
listens, or no targets at all. Under externalTrafficPolicy Local the health check goes to the healthCheckNodePort, and passes all the same.`,
  proof: `The targets of the group are instances, and the Service port behind it has no NodePort, because the Service disables them or is of
a type that has none. Targets that are checked at another port of the Service do not fail for it: healthy ones count where one of them
refuses a connection to the registered port.`,
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
    'traffic-port-refused',
  ],
  needs: ['services'],
  optional: ['events', 'targetGroupBindings', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, events, targetGroupBindings, probes = [] }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || port === undefined || port.nodePort !== undefined) return undefined;
    const { type, allocateLoadBalancerNodePorts } = service.spec;
    if (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false) return [];
    const why = type === 'LoadBalancer' ? 'allocateLoadBalancerNodePorts is false' : `the Service is of type ${type}`;
    const reconcileError = reconcileErrorsOf(group, events ?? [], targetGroupBindings).find(
      ({ category }) => category === 'node-port',
    );
    const open = nodePortsOf(service);
    const isElsewhere = ({ healthCheckPort }: Target): boolean => open.includes(healthCheckPort);
    const refused = refusedClient(group, probes);
    const isUnreached = group.targets.length === 0 || !group.nonHealthy.every(isElsewhere);
    const shut = group.targets.filter(
      (each) => each.state === 'healthy' && isElsewhere(each) && each.port === refused?.target.port,
    );
    const answer = refused && shut.length > 0 ? `; ${formatRequest(refused.probe)}: connection refused` : '';
    return (isUnreached ? [{}] : shut.map((target) => ({ target }))).map((concerned) => ({
      ...concerned,
      saw: `port ${port.port} has no NodePort, since ${why}${answer}${reconcileError ? `; ${formatReconcileError(reconcileError)}` : ''}`,
      expected: 'a NodePort behind instance targets, or ip targets',
      confidence: 'confirmed' as const,
      values: {
        patch: JSON.stringify({ spec: type === 'LoadBalancer' ? allocating : { type: 'NodePort' } }),
        // cloud-provider-aws registers instances alone.
        ...(group.owner?.controller !== 'cloud-provider-aws' && { ipTargets: 'ip' }),
      },
    }));
  },
});

const allocating = { allocateLoadBalancerNodePorts: true };
