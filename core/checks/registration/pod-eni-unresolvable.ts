import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional } from '../../diagnosis/drift.ts';
import { instanceIdOf } from '../../kubernetes/node.ts';
import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import { contains } from '../../network/address.ts';
import { interfacesWith } from '../../network/interfaces.ts';

export const podEniUnresolvable = check({
  id: 'pod-eni-unresolvable',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  title: 'The controller cannot find the network interfaces of the pods that it registers',
  symptom: 'Pods are registered and give no answer, because the rule for their network interface was not written.',
  why: `To admit health checks the controller must know the network interface of a pod, and so the security group to change. If it does not
find one, it still registers the pod but writes no rule: the target exists and every packet to it is dropped.`,
  proof: `The last event of the binding reports that the interfaces of these pods cannot be resolved, and no rule of the security groups on
the targets' interfaces admits the health check.`,
  nearMisses: [
    'Right after the start of a pod the message is normal and passes.',
    'An address outside the VPC has no interface at all: `overlay-cni-with-ip-targets`.',
  ],
  decidedBy:
    'the interfaces of the node in EC2: the address of the pod among their addresses or in a prefix delegated to one of them',
  fix: [
    {
      text: 'Look for {address} among the addresses and the delegated prefixes of the node’s interfaces: a pod that shares an interface has one of these. Check that the interface exists in the VPC of the controller (--aws-vpc-id), and that its role may describe instances and interfaces.',
      look: {
        aws: 'ec2 describe-network-interfaces',
        options: '--filters Name=vpc-id,Values={vpc} Name=attachment.instance-id,Values={instance}',
      },
    },
    {
      text: 'Restart the controller, which caches nodes and interfaces.',
      change: { restart: { object: 'deployment/{controllerDeployment}', in: '{controllerNamespace}' } },
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/'],
  masks: [
    'ready-endpoints-not-registered',
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
  ],
  needs: [...driftNeeds, 'events', 'targetGroupBindings'],
  optional: [...driftOptional, 'workloads', 'vpcs'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip',

  run(group, facts) {
    const reconcileError = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).find(
      ({ category }) => category === 'pod-eni',
    );
    if (reconcileError === undefined) return [];
    const lacking = driftOf(group, facts).filter(({ kind }) => kind === 'rule');
    const vpc = facts.vpcs?.find(({ id }) => id === group.targetGroup.vpcId);
    return group.failing.flatMap((target) => {
      if (!podsAt(target.id, facts.pods).some((pod) => reconcileError.event.note.includes(nameOf(pod)))) return [];
      if (vpc !== undefined && ![...vpc.cidrs, ...vpc.ipv6Cidrs].some((cidr) => contains(cidr, target.id))) return [];
      const node = nodeBehind(target, facts);
      const drift = lacking.find((each) => each.target === target);
      if (
        drift === undefined &&
        interfacesWith(target.id, facts.networkInterfaces ?? []).some(({ privateIps }) =>
          privateIps.includes(target.id),
        )
      )
        return [];
      return [
        {
          target,
          saw: [
            formatReconcileError(reconcileError),
            ...(drift ? [drift.saw] : [`EC2 has no interface with ${target.id} either`]),
          ].join('; '),
          expected: 'the network interface of the pod known to the controller, and a rule on its security group',
          confidence: drift === undefined ? ('possible' as const) : ('confirmed' as const),
          values: { address: target.id, instance: (node && instanceIdOf(node)) ?? '' },
        },
      ];
    });
  },
});
