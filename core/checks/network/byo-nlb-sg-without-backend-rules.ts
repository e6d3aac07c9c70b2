import { managesBackendRules } from '../../controllers/load-balancer-controller.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-security-groups';

export const byoNlbSgWithoutBackendRules = check({
  id: 'byo-nlb-sg-without-backend-rules',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The load balancer has security groups of your own, and nobody wrote the rules behind it',
  symptom:
    'Every target is unhealthy from the day on which the load balancer got security groups of its own; connections meet no answer.',
  why: `With the annotation for security groups the controller leaves all rules to you: it opens neither the load balancer to clients nor
the targets to the load balancer. Until somebody adds the second kind, every health check is dropped in silence.`,
  proof: `The Service names security groups in ${annotation}, neither its annotation for backend rules nor the controller's flag
asks for managed rules, and no rule on the target's interface admits the health check from the load balancer.`,
  nearMisses: [
    'Rules that somebody wrote by hand or with Terraform are as good as the controller’s.',
    'With manage-backend-security-group-rules set to true the controller writes them, and their absence has another reason.',
    'A load balancer made without security groups stays without: the annotation changes nothing, and the rules are managed.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Let the controller write the rules behind the load balancer.',
      command:
        'kubectl --namespace {namespace} annotate service {service} --overwrite service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules=true',
    },
    {
      text: 'Or admit the health check port yourself; the traffic port needs a rule too.',
      command:
        'aws ec2 authorize-security-group-ingress --region {region} --group-id {securityGroup} --ip-permissions {permission}',
    },
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
        saw: `the Service brings ${named} and leaves the rules behind it unmanaged; ${missing.saw}`,
        expected: `${missing.expected}, by a managed rule or one of your own`,
      }),
    );
  },
});
