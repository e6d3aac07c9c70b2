import { byoNlbSgWithoutBackendRules } from '../../core/checks/network/byo-nlb-sg-without-backend-rules.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Workload } from '../../core/model/kubernetes.ts';
import { daemonSet, nodeGroup, openFacts } from '../core/network/open-path.ts';
import { binding } from '../core/sample-binding.ts';
import { fail, instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const own = 'service.beta.kubernetes.io/aws-load-balancer-security-groups';
const manage = 'service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules';
const annotate = (facts: Facts, annotations: Record<string, string>) => {
  for (const { metadata } of facts.slices.services) metadata.annotations = annotations;
};
const shut = given(sampleFacts, (facts) => {
  fail(facts.slices.targetHealth);
  nodeGroup(facts).rules = [];
  annotate(facts, { [own]: 'sg-0000000000000000b' });
});
const controller = (flag: string): Workload => {
  const base = daemonSet('aws-load-balancer-controller', {});
  const containers = base.spec.template.containers.map((each) => ({
    ...each,
    image: 'public.ecr.aws/eks/aws-load-balancer-controller:v2.13.4',
    args: [flag],
  }));
  return { ...base, kind: 'Deployment', spec: { ...base.spec, template: { labels: {}, containers } } };
};
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(byoNlbSgWithoutBackendRules, {
  found: [
    {
      name: 'the annotation alone',
      facts: shut,
      targets: all,
      confidence: 'confirmed',
      saw: 'the Service sets sg-0000000000000000b and the rules to the targets are unmanaged',
    },
    {
      name: 'managed rules refused by annotation',
      facts: given(shut, (facts) => annotate(facts, { [own]: 'web-lb', [manage]: 'false' })),
      targets: all,
      confidence: 'confirmed',
      saw: 'no rule for TCP 31080',
    },
    {
      name: 'a binding without networking',
      facts: given(shut, (facts) => facts.slices.targetGroupBindings.push(binding())),
      targets: all,
      confidence: 'confirmed',
      saw: 'unmanaged',
    },
  ],
  ruledOut: [
    {
      name: 'somebody wrote the rule',
      facts: given(shut, (facts) => {
        nodeGroup(facts).rules = [rule({ fromPort: 31080, toPort: 31080, referencedGroupId: 'sg-0000000000000000b' })];
      }),
    },
    {
      name: 'the controller is asked to manage the rules',
      facts: given(shut, (facts) => annotate(facts, { [own]: 'sg-0000000000000000b', [manage]: 'true' })),
    },
    { name: 'security groups that the controller made', facts: given(shut, (facts) => annotate(facts, {})) },
    {
      name: 'a binding that asks for the rule',
      facts: given(shut, (facts) => facts.slices.targetGroupBindings.push(binding([31080]))),
    },
    ...['--enable-manage-backend-security-group-rules=true', '--enable-manage-backend-security-group-rules'].map(
      (flag) => ({
        name: `the controller manages rules for all, by ${flag}`,
        facts: given(shut, ({ slices }) => slices.workloads.push(controller(flag))),
      }),
    ),
    {
      name: 'a load balancer that was made without security groups and keeps none',
      facts: given(shut, ({ slices }) => {
        for (const each of slices.loadBalancers) each.securityGroups = [];
      }),
    },
    {
      name: 'open rules and targets that fail for another reason',
      facts: given(openFacts, ({ slices }) => fail(slices.targetHealth)),
    },
  ],
});
