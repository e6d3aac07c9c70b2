import { check } from '../../diagnosis/check.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';

export const sgTargetMissingHealthCheckRule = check({
  id: 'sg-target-missing-health-check-rule',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  begunBy: ['RevokeSecurityGroupIngress', 'ModifySecurityGroupRules'],
  driftSymptom: true,
  title: 'No security group of the target admits the health check',
  symptom:
    'All targets with the same security group are unhealthy and give no answer, others of the target group are healthy.',
  why: `The load balancer opens a connection to the health check port of every target, from its own addresses. Without an ingress rule
for that port and those addresses, or for the security group of the load balancer, the packets are dropped silently.`,
  proof: `For at least one node of the load balancer no rule of any security group on the target's network interface admits TCP to
the health check port, neither by address nor by the load balancer's security groups.`,
  nearMisses: [
    'A rule that names a security group matches only load balancers that have it.',
    'A rule for the traffic port does not cover another health check port.',
    'Inbound rules of the load balancer’s own security group do not apply to health checks.',
    'An answered probe is no evidence against this cause: the auditor has another security group.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the load balancer to those of the health check port and the traffic port that are closed. Better: let the controller manage the rules.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    admitClients,
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  masks: ['readiness-gate-stuck', 'app-saturated'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],

  run(group, network) {
    return missingRulesOf(group, network).map((missing) => reworded(missing, missing));
  },
});
