import { managesBackendRules, writtenByController } from '../../controllers/load-balancer-controller.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { SecurityGroup } from '../../model/aws.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { inboundWeight } from '../../network/security-group-quota.ts';

/** Inbound rules of a security group that an account may have by default, for each address family (VPC quotas). */
const quota = 60;

export const sgRulesQuotaExceeded = check({
  id: 'sg-rules-quota-exceeded',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The security group of the targets is full, so the controller cannot add its rule',
  symptom: 'The targets of the newest Service are unhealthy, those of older ones on the same nodes are healthy.',
  why: `A security group can hold ${quota} inbound rules unless the quota was raised. cloud-provider-aws writes one rule for every port and
source range and one for every subnet of the load balancer: there is no room for later Services, and their health checks are dropped.`,
  proof: `The controller reports RulesPerSecurityGroupLimitExceeded, or a security group of the target, into which a controller is to write,
holds the ${quota} inbound rules of the default quota; and no rule admits the health check.`,
  nearMisses: [
    'A full security group that already has the rule does no harm.',
    'A prefix list counts as many rules as its maximum number of entries, a reference to a security group as one rule.',
    'More rules than the default quota show that it was raised: then only an error of the controller counts.',
    'If no controller has to write a rule, a full security group does not matter.',
    'A rule of the AWS Load Balancer Controller that somebody narrowed is replaced by it: that needs no more room.',
  ],
  decidedBy: 'the applied quota L-0EA8095F of the service vpc, and the events of the controller',
  fix: [
    {
      text: 'Raise the quota (rules times groups of an interface may not exceed 1000).',
      change: {
        aws: 'service-quotas request-service-quota-increase',
        options: { 'service-code': 'vpc', 'quota-code': 'L-0EA8095F', 'desired-value': '120' },
      },
    },
    {
      text: 'Or use fewer rules: merge source ranges, put them into a prefix list, or let the AWS Load Balancer Controller own the Service, which shares one rule among all.',
      look: { aws: 'ec2 describe-security-group-rules', options: '--filters Name=group-id,Values={securityGroup}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    'https://github.com/kubernetes/kubernetes/issues/96840',
  ],
  masks: [
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
    'source-ranges-exclude-lb-nodes',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
    'controller-build-or-deploy-failed',
    'readiness-gate-stuck',
    'app-saturated',
  ],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists', 'services', 'workloads', 'targetGroupBindings', 'events'],

  run(group, facts) {
    const reported = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings).find(({ event }) =>
      event.note.includes('RulesPerSecurityGroupLimitExceeded'),
    );
    const service = serviceOf(group, facts.services ?? []);
    const isManaged = service === undefined || managesBackendRules(group, service, facts);
    if (group.owner === undefined || (reported === undefined && !isManaged)) return [];
    return missingRulesOf(group, facts).flatMap((missing) => {
      const full = missing.securityGroups
        .map((securityGroup) => ({ securityGroup, weight: inboundWeight(securityGroup, facts.prefixLists ?? []) }))
        .toSorted((a, b) => b.weight - a.weight)[0];
      if (full === undefined) return [];
      if (reported === undefined && (full.weight !== quota || isReplaced(full.securityGroup, group))) return [];
      const words = reported === undefined ? '' : `; ${formatReconcileError(reported)}`;
      return [
        {
          ...reworded(missing, {
            saw: `${full.securityGroup.id} holds ${full.weight} inbound rules and none for TCP ${missing.target.healthCheckPort}${words}`,
            expected: `room for the rule of this Service (${quota} by default)`,
            values: { securityGroup: full.securityGroup.id },
          }),
          confidence: reported === undefined && missing.confidence === 'confirmed' ? 'probable' : missing.confidence,
        },
      ];
    });
  },
});

/**
 * True where the controller has a rule there for the load balancer: it takes that out before it puts the wider one in, which needs no more room
 * (LBC:pkg/networking/security_group_reconciler.go).
 */
const isReplaced = ({ rules }: SecurityGroup, { loadBalancer }: TargetGroupContext): boolean =>
  rules.some(
    (rule) =>
      writtenByController(rule) &&
      rule.protocol === 'tcp' &&
      rule.referencedGroupId !== undefined &&
      loadBalancer?.securityGroups.includes(rule.referencedGroupId) === true,
  );
