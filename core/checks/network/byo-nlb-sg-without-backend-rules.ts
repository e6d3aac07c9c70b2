import { managesBackendRules } from '../../controllers/load-balancer-controller.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-security-groups';

export const byoNlbSgWithoutBackendRules = check({
  id: 'byo-nlb-sg-without-backend-rules',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title:
    'The Service sets the security groups of the load balancer, and the rules from them to the targets are missing',
  symptom:
    'Every target is unhealthy since the security groups of the load balancer were set by annotation; connections get no answer.',
  why: `With the annotation for security groups the controller writes no rules: it opens neither the load balancer to clients nor the
targets to the load balancer. Until someone adds the rules to the targets, every health check is dropped silently.`,
  proof: `The Service names security groups in ${annotation}, neither its annotation for backend rules nor the controller's flag
enables managed rules, and no rule on the target's interface admits the health check from the load balancer.`,
  nearMisses: [
    'Rules written by hand or with Terraform work as well as those of the controller.',
    'If manage-backend-security-group-rules is true, the controller writes the rules, and they are missing for another reason.',
    'A load balancer created without security groups can never get any: the annotation has no effect, and the controller manages the rules.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Let the controller write the rules from the load balancer to the targets.',
      change: {
        annotate: { 'service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules': 'true' },
      },
      disturbs: { nothing: 'the controller adds rules for this load balancer to the security groups of the targets.' },
    },
    {
      text: 'Or admit the load balancer yourself to those of the health check port and the traffic port that are closed.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    admitClients,
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups/',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4538',
  ],
  masks: [
    'sg-target-missing-health-check-rule',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
    'readiness-gate-stuck',
    'app-saturated',
  ],
  needs: ['services', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists', 'workloads', 'targetGroupBindings'],
  applies: ({ owner, loadBalancer }) =>
    (owner?.controller === 'aws-load-balancer-controller' || owner?.controller === 'eks-auto-mode') &&
    loadBalancer?.securityGroups.length !== 0,

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    const named = service?.metadata.annotations[annotation];
    if (service === undefined || named === undefined || managesBackendRules(group, service, facts)) return undefined;
    return missingRulesOf(group, facts).map((missing) =>
      reworded(missing, {
        saw: `the Service sets ${named} and the rules to the targets are unmanaged; ${missing.saw}`,
        expected: `${missing.expected}, by a rule of the controller or one of your own`,
      }),
    );
  },
});
