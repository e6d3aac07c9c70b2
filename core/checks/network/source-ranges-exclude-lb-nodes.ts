import { bindingsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { contains, prefixLength } from '../../network/address.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { covers } from '../../network/security-groups.ts';
import { sourceRangesOf } from '../../network/source-ranges.ts';

export const sourceRangesExcludeLbNodes = check({
  id: 'source-ranges-exclude-lb-nodes',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The rules were narrowed to the source ranges of the Service, which do not include the load balancer',
  symptom: 'Targets turned unhealthy when the Service was limited to source ranges.',
  why: `A load balancer without security groups preserves client addresses, so the controller turns loadBalancerSourceRanges into rules on
the targets. The health check comes from the load balancer's addresses and needs a separate rule for its subnets. Controllers write
one; if it is missing, every target fails.`,
  proof: `The load balancer has no security groups, the Service names source ranges, the target's rules for its port admit exactly
such ranges, and no rule admits the load balancer's addresses to the health check port.`,
  nearMisses: [
    'Source ranges alone are not a fault: the controller adds the rule for the health check.',
    'Ranges that cover every address exclude nothing.',
    'If the load balancer has security groups, the ranges apply there and not at the targets.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the load balancer to those of the health check port and the traffic port that are closed.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    admitClients,
    {
      text: 'Or make the AWS Load Balancer Controller write its rules again: it skips a binding that has not changed since its checkpoint.',
      change: { wake: 'binding' },
      when: 'binding',
    },
    {
      text: 'Or make cloud-provider-aws write its rules again: any change of the Service does.',
      change: { wake: 'service' },
      when: 'unbound',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://github.com/kubernetes/kubernetes/issues/72957',
  ],
  masks: [
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
    'readiness-gate-stuck',
    'app-saturated',
  ],
  needs: ['services', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists', 'targetGroupBindings'],
  applies: ({ loadBalancer }) => loadBalancer !== undefined && loadBalancer.securityGroups.length === 0,

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    const ranges = service === undefined ? [] : sourceRangesOf(service).filter((range) => prefixLength(range) > 0);
    if (ranges.length === 0) return [];
    const [binding] = bindingsOf(group, facts.targetGroupBindings ?? []);
    const maker =
      binding === undefined
        ? { unbound: service?.metadata.name ?? '' }
        : { binding: binding.metadata.name, bindingNamespace: binding.metadata.namespace ?? 'default' };
    return missingRulesOf(group, facts).flatMap((missing) => {
      const { target, securityGroups } = missing;
      const narrowed = securityGroups
        .flatMap(({ rules }) => rules)
        .filter((rule) => covers(rule, { direction: 'ingress', protocol: 'tcp', port: target.port }))
        .flatMap(({ cidrIpv4, cidrIpv6 }) => cidrIpv4 ?? cidrIpv6 ?? [])
        .filter((cidr) => ranges.some((range) => contains(range, cidr)));
      if (narrowed.length === 0) return [];
      return [
        reworded(missing, {
          saw: `port ${target.port} is open to ${narrowed.join(', ')} as loadBalancerSourceRanges requires; ${missing.saw}`,
          expected: `a separate rule for the health check: ${missing.expected}`,
          values: group.owner?.controller === 'cloud-provider-aws' || binding !== undefined ? maker : {},
        }),
      ];
    });
  },
});
