import { controllerDeployment, flagOf } from '../../controllers/controller.ts';
import { asksForMoreTags } from '../../controllers/load-balancer-controller.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { type Drift, driftNeeds, driftOf } from '../../diagnosis/drift.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { SecurityGroup } from '../../model/aws.ts';
import { named, withId } from '../../model/indexed.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { interfaceOf, interfacesOf } from '../../network/interfaces.ts';
import { taggedFor } from '../../network/missing-rule.ts';

export const controllerClusterNameMismatch = check({
  id: 'controller-cluster-name-mismatch',
  kind: 'fault',
  stage: 'owner',
  order: 2,
  severity: 'critical',
  title: 'The controller runs under another cluster name than the security groups are tagged with',
  symptom:
    'No rule for the load balancer appears in the security groups of the nodes; instances are not registered, ip targets give no answer.',
  why: `The AWS Load Balancer Controller gets the name of the cluster by the flag --cluster-name. Of several security groups on an interface it
writes its rules into the one with the tag kubernetes.io/cluster/<that name>. EKS and node groups write the real name of the cluster
into the tag, so with another flag, often copied from another cluster, it finds no group and stops with an error.`,
  proof: `The flag, or the tag that an error of the controller names, has another cluster name than EKS; the interface of a target has several
security groups of which none has that tag; and the rule or the target is missing.`,
  nearMisses: [
    'An interface with a single security group needs no tag, whatever the flag is.',
    'A security group with the tag that the controller expects is enough.',
    'The flag is right, and two security groups have the tag: `sg-cluster-tag-ambiguous`.',
  ],
  decidedBy: 'the flag --cluster-name in the Deployment of the controller, beside aws eks list-clusters',
  fix: [
    {
      text: 'Tag the security group that should contain the rules with the name that the controller expects. Keep its other tags: EKS and autoscalers use them.',
      change: {
        aws: 'ec2 create-tags',
        options: { resources: '{securityGroup}', tags: 'Key=kubernetes.io/cluster/{expectedName},Value=owned' },
      },
      // The target group bears the other name too, so that the gate does not find it.
      verify: 'aws elbv2 wait target-in-service --region {region} --target-group-arn {targetGroup}',
    },
    {
      text: 'Or give the controller the real name of the cluster, with the value clusterName={cluster} of its Helm chart.',
      danger:
        'The controller finds what it created by its cluster name: with another one it creates new load balancers with new addresses and leaves the present ones behind.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups/',
  ],
  masks: [
    'ready-endpoints-not-registered',
    'sg-cluster-tag-ambiguous',
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
    'controller-build-or-deploy-failed',
    'readiness-gate-stuck',
    'app-saturated',
  ],
  needs: [...driftNeeds, 'workloads', 'networkInterfaces', 'securityGroups'],
  optional: ['probes', 'subnets', 'prefixLists', 'gatewayConfigurations', 'targetGroupBindings', 'events'],
  applies: ({ owner }) =>
    owner?.controller === 'aws-load-balancer-controller' ||
    owner?.controller === 'aws-load-balancer-controller-gateway',

  run(group, facts) {
    const deployment = controllerDeployment(facts.workloads);
    const flag = deployment && flagOf(deployment, 'cluster-name');
    const real = group.cluster?.name;
    if (deployment === undefined || real === undefined) return undefined;
    const reported = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings).find(
      ({ category }) => category === 'security-group-tags',
    );
    const expectedName = tagIn(reported?.event.note) ?? flag;
    if (expectedName === undefined || expectedName === real) return [];
    if (reported === undefined && asksForMoreTags(facts.workloads)) return undefined;

    return driftOf(group, facts).flatMap((drift) => {
      const groups = groupsBehind(drift, group, facts).find(
        (each) => each.length > 1 && taggedFor(expectedName, each).length === 0,
      );
      if (groups === undefined) return [];
      const words = reported === undefined ? [] : [formatReconcileError(reported)];
      return [
        {
          ...(drift.target && { target: drift.target }),
          ...(drift.missing && { missing: drift.missing }),
          saw: [
            `${nameOf(deployment)} has --cluster-name=${flag ?? expectedName}, EKS calls the cluster ${real}`,
            `none of ${groups.map(({ id }) => id).join(', ')} on the interface has the tag kubernetes.io/cluster/${expectedName}`,
            drift.saw,
            ...words,
          ].join('; '),
          expected: `one security group with the tag kubernetes.io/cluster/${expectedName}, or --cluster-name=${real}`,
          confidence: reported === undefined ? ('probable' as const) : ('confirmed' as const),
          values: { expectedName, securityGroup: ofNodes(groups, group) },
        },
      ];
    });
  },
});

/** LBC:pkg/networking/networking_manager.go, resolveEndpointSGForENI. */
const tagIn = (note = ''): string | undefined =>
  /expected exactly one securityGroup tagged with kubernetes\.io\/cluster\/(\S+)/.exec(note)?.[1];

/** The security groups on each interface into which the controller would write for this drift. */
function groupsBehind(
  { kind, target, missing = [] }: Drift,
  group: TargetGroupContext,
  { networkInterfaces, securityGroups, nodes }: Pick<Slices, 'networkInterfaces' | 'securityGroups' | 'nodes'>,
): SecurityGroup[][] {
  if (kind !== 'rule' && kind !== 'missing') return [];
  const behind = target
    ? [interfaceOf(target, group.targetGroup, networkInterfaces)]
    : missing.flatMap((name) =>
        interfacesOf(named(nodes, undefined, name)?.spec.providerID?.split('/').at(-1), networkInterfaces).filter(
          ({ deviceIndex }) => deviceIndex === 0,
        ),
      );
  return behind.map((each) => (each?.securityGroups ?? []).flatMap((id) => withId(securityGroups, id) ?? []));
}

/** Not the one that EKS made for the cluster, where there is another. */
const ofNodes = (groups: SecurityGroup[], { cluster }: TargetGroupContext): string => {
  const own = groups.find(({ id }) => id !== cluster?.clusterSecurityGroupId) ?? groups[0];
  return own?.id ?? '';
};
