import { isChosen, isEmpty, nodeChoiceOf } from '../../controllers/node-selection.ts';
import { bindingByArn } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout } from '../../kubernetes/pod.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { withId } from '../../model/indexed.ts';

/** Types that cannot be registered by instance id (NLB user guide, "Register targets"). */
const unsupported = /^(c1|cc1|cc2|cg1|cg2|cr1|cs1|g1|g2|hi1|hs1|m1|m2|m3|t1)\./;

export const targetNotSupportedByNlb = check({
  id: 'target-not-supported-by-nlb',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  title: 'The instances cannot be targets of a Network Load Balancer',
  symptom: 'Nodes are never registered, because their registration is refused.',
  why: `A Network Load Balancer accepts no instances of the oldest generations by instance ID, and none in another VPC than its target group.
The registration is refused as a whole, so supported instances of the same call are missing too.`,
  proof: `A registered instance is in another VPC than the target group; or the target group is empty and a node that it should hold has one
of the unsupported instance types. The controller's event with InvalidTarget confirms it.`,
  nearMisses: ['This applies only to instance targets: the same machine can be a target by its IP address.'],
  decidedBy: 'the event InvalidTarget of the controller, or its log',
  fix: [
    { text: 'Move the node group to a current instance type.' },
    {
      text: 'Or register pods by their address instead of instances.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' } },
      disturbs: 'The target group of this Service is replaced, and registration takes minutes.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html'],
  masks: ['ready-endpoints-not-registered', 'controller-build-or-deploy-failed'],
  needs: ['instances'],
  optional: ['services', 'nodes', 'events', 'targetGroupBindings'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { instances, services, nodes, events, targetGroupBindings }) {
    const { vpcId, arn } = group.targetGroup;
    const service = serviceOf(group, services ?? []);
    if (isEmpty(group)) {
      const binding = bindingByArn(arn, targetGroupBindings ?? []);
      const event = [
        ...(service ? eventsAbout(events ?? [], 'Service', service) : []),
        ...(binding ? eventsAbout(events ?? [], 'TargetGroupBinding', binding) : []),
      ].find(({ note }) => note.includes('InvalidTarget'));
      const choice = nodeChoiceOf(group, service, targetGroupBindings);
      const ids = (nodes ?? [])
        .filter((node) => isChosen(node, choice))
        .flatMap(({ spec }) => spec.providerID?.split('/').at(-1) ?? []);
      const old = instances.filter(({ id, type }) => unsupported.test(type) && ids.includes(id));
      if (old.length === 0) return [];
      return [
        {
          saw: `${old.map(({ id, type }) => `${id}: ${type}`).join(', ')}${event === undefined ? '' : `; event ${event.reason}: ${event.note}`}`,
          expected: 'instance types that a Network Load Balancer accepts',
          confidence: event === undefined ? ('probable' as const) : ('confirmed' as const),
        },
      ];
    }
    return group.nonHealthy.flatMap((target) => {
      const instance = withId(instances, target.id);
      if (instance === undefined || instance.vpcId === vpcId) return [];
      return [
        {
          target,
          saw: `${instance.id} is in ${instance.vpcId}`,
          expected: `an instance in ${vpcId}, the VPC of the target group`,
          confidence: 'confirmed' as const,
        },
      ];
    });
  },
});
