import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { forwardAction } from '../../controllers/listeners/forward-action.ts';
import { madeFor } from '../../controllers/listeners/port-listeners.ts';
import { formatShare } from '../../controllers/listeners/weights.ts';
import { isPutByHand } from '../../controllers/put-by-hand.ts';
import { check } from '../../diagnosis/check.ts';
import { nameOf, serviceOf } from '../../kubernetes/service.ts';
import type { Listener } from '../../model/aws.ts';
import type { Service } from '../../model/kubernetes.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

export const listenerForwardsToEmptyGroup = check({
  id: 'listener-forwards-to-empty-group',
  kind: 'fault',
  besideOthers: true,
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  begunBy: ['ModifyListener', 'CreateListener', 'DeregisterTargets'],
  title: 'A listener of the Service sends clients to an empty target group that no controller fills',
  symptom: 'Part of the connections fail, or all of them, while the targets of the Service are healthy.',
  why: `A listener divides its clients among its target groups by their weights alone: one without any target gets its share all the same, and
no one answers these clients. The controller of the Service registers targets only in the groups that it made or that a TargetGroupBinding
names; in another one only the person who put it there does.`,
  proof: `A listener of the load balancer gives the target group a weight above 0, DescribeTargetHealth lists no target in it, it has no tags of a
controller, and no TargetGroupBinding names it.`,
  nearMisses: [
    'The weight 0 at every listener: `intended-empty-or-blue-green`.',
    'A group that its controller made or a TargetGroupBinding names is to be filled by that controller: `ready-endpoints-not-registered`, or what keeps it from that.',
    'cloud-provider-aws: an untagged group at the number of a NodePort of the Service is one that an old release made.',
    'A load balancer that no Service has: whoever fills the group is not known.',
  ],
  decidedBy: 'who called ModifyListener and RegisterTargets, in CloudTrail',
  fix: [
    {
      text: 'The annotation {annotation} of the Service names the target group: take it out there first, or the controller puts it back at the listener.',
      look: { kubectl: 'get service {service} --output yaml', in: '{namespace}' },
      when: 'annotation',
    },
    {
      text: 'Send all clients of the listener to the target groups that serve.',
      change: {
        aws: 'elbv2 modify-listener',
        options: { 'listener-arn': '{listener}', 'default-actions': '{rest}' },
      },
      when: 'rest',
    },
    {
      text: 'Let the controller reconcile the Service: it has the listener forward to the target group of its port again.',
      change: { wake: 'service' },
      only: ['aws-load-balancer-controller', 'eks-auto-mode'],
      when: 'alone',
    },
    {
      text: 'If {targetGroupName} is to serve, write a TargetGroupBinding for it, so that a controller fills it and follows the pods; and since the AWS Load Balancer Controller takes back what it finds at its listeners, name the group with its weight in the annotation service.beta.kubernetes.io/actions.<protocol>-<port> of the Service, from release 2.16 on.',
      only: ['aws-load-balancer-controller'],
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#nlb-default-action',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/',
  ],
  masks: [],
  needs: ['listeners', 'targetGroups', 'targetHealth', 'targetGroupBindings', 'services'],
  applies: ({ owner, targetGroup }) => owner !== undefined && targetGroup.targetType !== 'alb',

  run(group, facts) {
    const { targetGroup, loadBalancer, targets } = group;
    if (targets.length > 0 || !isPutByHand(group, facts)) return [];
    const service = serviceOf(group, facts.services);
    return listenersInUse(group).map((listener) => {
      const rest = otherForwards(listener, group, facts);
      const annotation = service && annotationNaming(listener, group, service);
      return {
        saw: [
          `${listener.protocol} ${listener.port} of ${loadBalancer?.name ?? 'the load balancer'} sends ${formatShare(listener, targetGroup)} to ${targetGroup.name}, which has no target`,
          'it has no tags of a controller, and no TargetGroupBinding names it',
          ...(annotation === undefined || service === undefined
            ? []
            : [`the annotation ${annotation} of ${nameOf(service)} names it`]),
        ].join('; '),
        expected: 'a target, or a listener that sends no client there',
        confidence: 'confirmed' as const,
        values: {
          listener: listener.arn,
          ...(rest.length > 0 ? { rest: forwardAction(rest) } : { alone: 'yes' }),
          ...(annotation !== undefined && { annotation }),
        },
      };
    });
  },
});

/** Where else the listener sends clients, or where its controller would: to the group of the Service's port of that number. */
function otherForwards(
  { forwards, port }: Listener,
  { targetGroup, owner, cluster }: TargetGroupContext,
  { services, targetGroups }: Pick<Slices, 'services' | 'targetGroups'>,
): Listener['forwards'] {
  const others = forwards.filter(({ targetGroupArn, weight = 1 }) => targetGroupArn !== targetGroup.arn && weight > 0);
  if (others.length > 0) return others;
  const own = targetGroups.filter((each) => {
    const backend = madeFor(each, cluster?.name, services);
    const { namespace, name } = backend?.service.metadata ?? {};
    return backend?.port.port === port && namespace === owner?.namespace && name === owner?.service;
  });
  return own.slice(0, 1).map(({ arn }) => ({ targetGroupArn: arn }));
}

/** The annotation by which the AWS Load Balancer Controller itself puts the group at the listener (LBC:pkg/service/model_build_listener.go). */
function annotationNaming(
  { protocol, port }: Listener,
  { targetGroup }: TargetGroupContext,
  { metadata }: Service,
): string | undefined {
  const key = `service.beta.kubernetes.io/actions.${protocol}-${port}`;
  return metadata.annotations[key]?.includes(targetGroup.arn) ? key : undefined;
}
