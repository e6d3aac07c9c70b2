import { isDecidedBy } from '../../controllers/expected-health-check.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { isServing } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import { isIpv6 } from '../../network/address.ts';

export const ipFamilyMismatchLbVsTarget = check({
  id: 'ip-family-mismatch-lb-vs-target',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  title: 'Load balancer, target group and Service do not use the same IP family',
  symptom: 'A Service that requests IPv6 gets no targets, or no load balancer.',
  why: `A target group accepts addresses of one family only. IPv6 targets need a dual-stack load balancer in subnets with IPv6 ranges, and an
IPv6 target group accepts no IPv4 addresses of pods or nodes. The controller reports an error, or Elastic Load Balancing refuses the
targets, and the target group stays empty or unreachable.`,
  proof: `The Service or its pods do not have the family of the target group, or an IPv6 Service or target group uses a load balancer that is
not dual-stack or has a subnet without an IPv6 range; and the target group has no healthy target.`,
  nearMisses: [
    'A dual-stack load balancer with IPv4 targets works: it translates.',
    'The process listens only on the other family: `app-ip-family-mismatch`.',
    'The AWS Load Balancer Controller before 3.4.1 registered addresses of the other family for Services with two families.',
  ],
  decidedBy: 'the events of the Service or TargetGroupBinding at the next change',
  fix: [
    {
      when: 'wantsIpv6',
      text: 'For an IPv6 Service use a dual-stack load balancer with ip targets, in subnets that have IPv6 ranges.',
      change: {
        annotate: {
          'service.beta.kubernetes.io/aws-load-balancer-ip-address-type': 'dualstack',
          'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
        },
      },
      disturbs: 'The target group of this Service is replaced, and its load balancer gets IPv6 addresses.',
    },
    {
      text: 'The family of a target group cannot be changed: if it does not fit, create another one with --ip-address-type {family} and bind the Service to it.',
      look: {
        aws: 'elbv2 describe-target-groups',
        options: '--target-group-arns {targetGroup} --query "TargetGroups[].IpAddressType"',
      },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2668',
  ],
  masks: [
    'ready-endpoints-not-registered',
    'controller-build-or-deploy-failed',
    'controller-not-running-or-stuck',
    'sg-target-missing-health-check-rule',
    'app-ip-family-mismatch',
  ],
  needs: ['services'],
  optional: ['pods', 'subnets', 'targetGroupBindings', 'events'],

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    const { targetGroup, loadBalancer } = group;
    if (service === undefined || group.targets.some(({ state }) => state === 'healthy')) return [];
    const wanted = targetGroup.ipAddressType === 'ipv6' ? 'IPv6' : 'IPv4';
    const addresses = podsOf(service, facts.pods ?? [])
      .filter(isServing)
      .flatMap(({ status }) => status.podIPs);
    const families = new Set([
      ...service.spec.ipFamilies,
      ...addresses.map((address) => (isIpv6(address) ? 'IPv6' : 'IPv4')),
    ]);
    const [first] = service.spec.ipFamilies;
    const closed = (loadBalancer?.zones ?? []).filter(({ subnetId }) =>
      facts.subnets?.some(({ id, ipv6Cidrs }) => id === subnetId && ipv6Cidrs.length === 0),
    );
    const problems = [
      ...(families.size > 0 && !families.has(wanted)
        ? [`the target group accepts ${wanted}, the Service and its pods have ${[...families].join(', ')}`]
        : []),
      ...(loadBalancer !== undefined && loadBalancer.ipAddressType === 'ipv4' && (first === 'IPv6' || wanted === 'IPv6')
        ? [`the load balancer is ${loadBalancer.ipAddressType}, not dual-stack`]
        : []),
      ...(wanted === 'IPv6' && closed.length > 0
        ? [`no IPv6 range in ${closed.map(({ subnetId }) => subnetId).join(', ')}`]
        : []),
    ];
    if (problems.length === 0) return [];
    const [reported] = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings);
    const evidence: Evidence = {
      saw: [...problems, ...(reported === undefined ? [] : [formatReconcileError(reported)])].join('; '),
      expected: 'one family from the load balancer to the pods, and dual-stack for IPv6',
      confidence: 'confirmed',
      values: {
        family: first === 'IPv6' ? 'ipv6' : 'ipv4',
        ...(first === 'IPv6' && isDecidedBy(service, group) && closed.length === 0 && { wantsIpv6: 'yes' }),
      },
    };
    if (group.targets.length === 0) return [evidence];
    return group.failing.map((target) => ({ ...evidence, target }));
  },
});
