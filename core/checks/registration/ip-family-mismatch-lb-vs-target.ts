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
  title: 'Load balancer, target group and Service do not speak the same IP family',
  symptom: 'No target comes about, or no load balancer, for a Service that asks for IPv6.',
  why: `A target group takes addresses of one family only. IPv6 targets need a dual-stack load balancer in subnets with IPv6 ranges, and an
IPv6 group cannot hold the IPv4 addresses of pods or nodes. The controller refuses to build the model, or Elastic Load Balancing refuses
the targets, and the group stays empty or unreachable.`,
  proof: `The family of the target group is none of its Service's or its pods', or an IPv6 Service or group hangs on a load balancer that is not
dual-stack or has a subnet without an IPv6 range; and the group has no healthy target.`,
  nearMisses: [
    'A dual-stack load balancer with IPv4 targets is fine: it translates.',
    'A process that listens on the other family only is a fault of the application.',
    'AWS Load Balancer Controller before 3.4.1 took addresses of the other family for Services with two families.',
  ],
  decidedBy: 'the events of the Service or TargetGroupBinding at the next change',
  fix: [
    {
      text: 'For an IPv6 Service: a dual-stack load balancer with ip targets, in subnets that have IPv6 ranges.',
      command:
        'kubectl --namespace {namespace} annotate service {service} --overwrite service.beta.kubernetes.io/aws-load-balancer-ip-address-type=dualstack service.beta.kubernetes.io/aws-load-balancer-nlb-target-type=ip',
      verify: 'kubectl --namespace {namespace} describe service {service}',
    },
    {
      text: 'A target group’s family cannot be changed: where it does not fit, make another with --ip-address-type {family} and bind the Service to that one.',
      command:
        'aws elbv2 describe-target-groups --region {region} --target-group-arns {targetGroup} --query "TargetGroups[].IpAddressType"',
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
        ? [`the target group takes ${wanted}, the Service and its pods have ${[...families].join(', ')}`]
        : []),
      ...(loadBalancer !== undefined && loadBalancer.ipAddressType === 'ipv4' && (first === 'IPv6' || wanted === 'IPv6')
        ? [`the load balancer is ${loadBalancer.ipAddressType}, not dual-stack`]
        : []),
      ...(wanted === 'IPv6' && closed.length > 0
        ? [`no IPv6 range in ${closed.map(({ subnetId }) => subnetId).join(', ')}`]
        : []),
    ];
    if (problems.length === 0) return [];
    const [said] = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings);
    const evidence: Evidence = {
      saw: [...problems, ...(said === undefined ? [] : [formatReconcileError(said)])].join('; '),
      expected: 'one family from the load balancer to the pods, and dual-stack where it is IPv6',
      confidence: 'confirmed',
      values: { family: first === 'IPv6' ? 'ipv6' : 'ipv4' },
    };
    if (group.targets.length === 0) return [evidence];
    return group.failing.map((target) => ({ ...evidence, target }));
  },
});
