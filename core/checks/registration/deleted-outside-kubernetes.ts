import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { bindingsOf, formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { readTags } from '../../controllers/tags.ts';
import { check } from '../../diagnosis/check.ts';
import type { Confidence } from '../../model/check-result.ts';
import type { LostBackend } from '../../model/lost/lost-backend.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

export const deletedOutsideKubernetes = check({
  id: 'deleted-outside-kubernetes',
  kind: 'fault',
  missingGroups: true,
  riskWhenHealthy: true,
  clientsWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'The load balancer of the Service, or its target group, does not exist any more',
  symptom:
    'The Service shows a load balancer address that no longer resolves, or a port that refuses every client; its pods are ready.',
  why: `Clients go by the host name in the status of the Service. A load balancer or target group that somebody deletes in the console, with a
script or with another tool is made again only when its controller next reconciles the Service, which it has no reason to do: it does not
look for what was deleted. No target fails, since there is none.`,
  proof: `The status of a Service of type LoadBalancer names a Network Load Balancer that is not among all those of the account in the Region; or the
load balancer is there, and the target group that the TargetGroupBinding of its controller names is not among all target groups of the
account, or none of them is of this Service. Where the status names no load balancer, such a binding that is left confirms it; an event by which the
controller made one makes it probable; and the finalizer of a controller that reports no error makes it possible, since it may never have made one.`,
  nearMisses: [
    'A Service that is being deleted, was made minutes ago, or got another load balancer since.',
    'A Service without an address that no controller has taken up, or for which cloud-provider-aws makes a Classic Load Balancer.',
    'A controller that has taken the Service up and reports why it makes nothing: what it reports is the cause.',
    'A binding that a person wrote may name a target group that is deleted on purpose, or one of another account or Region.',
    'A host name of another kind of load balancer, of another Region, or of one’s own: it is not looked for.',
    'The targets are healthy behind another load balancer by a listener that no controller made: its clients get through, at risk.',
    'The target group is there, and no listener forwards to it: `target-group-not-attached`.',
  ],
  decidedBy: 'the calls DeleteLoadBalancer, DeleteTargetGroup and DeleteListener in CloudTrail',
  fix: [
    {
      text: 'See who deleted it, before anything makes it again.',
      look: {
        aws: 'cloudtrail lookup-events',
        options: '--lookup-attributes AttributeKey=EventName,AttributeValue={call} --max-results 10',
      },
    },
    {
      text: 'Remove the TargetGroupBinding of the target group that is gone: the AWS Load Balancer Controller cannot write another one of the same name beside it.',
      change: { remove: { object: 'targetgroupbindings.elbv2.k8s.aws {binding}', in: '{bindingNamespace}' } },
      when: 'binding',
      withNext: true,
      disturbs: { nothing: 'its target group does not exist.' },
      undo: 'The controller writes it again with the next step.',
    },
    {
      text: 'Let the controller reconcile the Service: it makes what is missing.',
      change: { wake: 'service' },
      disturbs: { nothing: 'no client is served by what does not exist.' },
    },
    {
      text: 'Then point DNS records at the address that the Service shows: a new load balancer has a new DNS name.',
      look: { kubectl: 'get service {service}', in: '{namespace}' },
      when: 'newName',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-delete.html',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2800',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3493',
  ],
  masks: ['target-group-not-attached', 'service-port-without-listener'],
  needs: ['services', 'loadBalancers', 'targetGroups'],
  optional: ['events', 'targetGroupBindings'],
  applies: ({ targetGroup }) => targetGroup.targetType !== 'alb',

  run(group, { events, targetGroupBindings }) {
    const { lost } = group;
    if (lost === undefined) return [];
    const [failure] = reconcileErrorsOf(group, events ?? [], targetGroupBindings);
    // A controller that has made nothing and reports why lost nothing.
    if (lost.by === 'finalizer' && failure !== undefined) return [];
    const [binding] = lost.targetGroupArn === undefined ? [] : bindingsOf(group, targetGroupBindings ?? []);
    const isOfAutoMode = binding?.group !== undefined;
    return [
      {
        saw: [
          describe(lost, group),
          ...(lost.by === 'finalizer' && events !== undefined ? ['no event tells of an error'] : []),
          ...(failure ? [formatReconcileError(failure)] : []),
        ].join('; '),
        expected:
          lost.lacks === 'load-balancer'
            ? 'a load balancer by the name that the Service shows'
            : 'a target group for each port of the Service',
        confidence: confidenceIn(lost, group),
        values: {
          ...((lost.lacks === 'load-balancer' || lost.hostName === undefined) && { newName: 'yes' }),
          call: lost.lacks === 'load-balancer' ? 'DeleteLoadBalancer' : 'DeleteTargetGroup',
          ...(binding &&
            !isOfAutoMode && {
              binding: binding.metadata.name,
              bindingNamespace: binding.metadata.namespace ?? 'default',
            }),
        },
      },
    ];
  },
});

/** Clients may get through by another listener, and a controller may have made nothing yet. */
function confidenceIn({ by }: LostBackend, group: TargetGroupContext): Confidence {
  if (by === 'finalizer') return 'possible';
  const isServedElsewhere = listenersInUse(group).length > 0 && readTags(group.targetGroup.tags) === undefined;
  return by === 'event' || isServedElsewhere ? 'probable' : 'confirmed';
}

/** What shows that a controller works for a Service whose status names no load balancer. */
const signs: Record<NonNullable<LostBackend['by']>, string> = {
  binding: 'a TargetGroupBinding is left',
  event: 'its controller reported that it had made one',
  finalizer: 'its controller has taken it up, by the finalizer',
};

function describe(lost: LostBackend, { targetGroup, loadBalancer }: TargetGroupContext): string {
  if (lost.by !== undefined) {
    const missing =
      lost.targetGroupArn === undefined
        ? 'no target group of the account is of this Service'
        : `that of port ${lost.servicePort} names ${lost.targetGroupArn}, and the account has no such target group`;
    return `the status of the Service names no load balancer; ${signs[lost.by]}, and ${missing}`;
  }
  if (lost.lacks === 'load-balancer') {
    const left = targetGroup.arn.startsWith('arn:') && lost.targetGroupArn === undefined;
    const use = loadBalancer === undefined ? 'is left, and nothing uses it' : `is behind ${loadBalancer.name}`;
    const rest = left ? `; its target group ${targetGroup.name} ${use}` : '';
    return `the status of the Service sends clients to ${lost.hostName}, and the account has no such load balancer${rest}`;
  }
  const there = loadBalancer?.name ?? lost.hostName;
  return lost.targetGroupArn === undefined
    ? `${there} is there, and no target group of the account is of this Service`
    : `the binding of port ${lost.servicePort} names ${lost.targetGroupArn}, and the account has no such target group; ${there} is there`;
}
