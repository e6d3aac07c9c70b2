import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { daemonSet, nodeGroup, openFacts } from '../network/open-path.ts';
import { binding } from '../sample-binding.ts';
import { fail, metadata } from '../sample-facts.ts';

/** Cause and co-causes of each diagnosis about failing targets, in the order in which the packets meet them. */
const judge = (facts: Facts): string[][] =>
  groupsOf(facts)
    .flatMap((group) => diagnose(group, facts, examine(group, facts, catalogue), catalogue))
    .filter(({ verdict }) => verdict === 'unhealthy')
    .map(({ cause, coCauses }) => [cause ?? '', ...coCauses]);

const blocked = (): Facts => {
  const facts = openFacts({ targetType: 'ip' });
  fail(facts.slices.targetHealth);
  facts.slices.workloads.push(daemonSet('aws-node', {}, ['--enable-network-policy=true']));
  facts.slices.networkPolicies.push({
    metadata: metadata('deny', 'shop'),
    spec: { podSelector: { matchLabels: {}, matchExpressions: [] }, policyTypes: ['Ingress'], ingress: [] },
  });
  facts.slices.targetGroupBindings.push(binding([8080]));
  return facts;
};
const withoutRule = (facts: Facts): Facts => {
  const group = nodeGroup(facts);
  group.rules = group.rules.filter(({ referencedGroupId }) => referencedGroupId !== 'sg-0000000000000000b');
  return facts;
};
const withoutEgress = (facts: Facts): Facts => {
  for (const group of facts.slices.securityGroups) {
    if (group.id === 'sg-0000000000000000b') group.rules = [];
  }
  return facts;
};
const withAcl = (facts: Facts): Facts => {
  for (const { entries } of facts.slices.networkAcls) {
    entries.push({
      egress: false,
      ruleNumber: 1,
      protocol: '6',
      action: 'deny',
      cidr: '0.0.0.0/0',
      fromPort: 8080,
      toPort: 8080,
    });
  }
  return facts;
};

test('a NetworkPolicy alone is the cause', () => {
  expect(judge(blocked())).toEqual([['networkpolicy-blocks-health-check']]);
});

test('what comes earlier on the way is the cause, and the rest has to be mended too', () => {
  expect(judge(withAcl(blocked()))).toEqual([['nacl-blocks-health-check', 'networkpolicy-blocks-health-check']]);
  expect(judge(withAcl(withoutRule(blocked())))).toEqual([
    ['sg-target-missing-health-check-rule', 'nacl-blocks-health-check', 'networkpolicy-blocks-health-check'],
  ]);
  expect(judge(withoutEgress(withAcl(withoutRule(blocked()))))).toEqual([
    [
      'nlb-sg-egress-blocks-health-check',
      'sg-target-missing-health-check-rule',
      'nacl-blocks-health-check',
      'networkpolicy-blocks-health-check',
    ],
  ]);
});

test('security groups of the Service’s own are the reason of the missing rule, before a NetworkPolicy', () => {
  const facts = withoutRule(blocked());
  facts.slices.targetGroupBindings = [binding()];
  for (const each of facts.slices.targetGroupBindings) {
    each.metadata.labels = { 'service.k8s.aws/stack-name': 'web', 'service.k8s.aws/stack-namespace': 'shop' };
  }
  for (const service of facts.slices.services) {
    service.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-security-groups'] =
      'sg-0000000000000000b';
  }
  expect(judge(facts)).toEqual([['byo-nlb-sg-without-backend-rules', 'networkpolicy-blocks-health-check']]);
});

test('nor are the groups that pods have of their own a second fault', () => {
  const facts = openFacts({ targetType: 'ip' });
  fail(facts.slices.targetHealth);
  for (const { metadata } of facts.slices.pods)
    metadata.annotations['vpc.amazonaws.com/pod-eni'] = '[{"eniId":"eni-0123456789abcdef0"}]';
  for (const { metadata } of facts.slices.services)
    metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-security-groups'] = 'sg-0000000000000000b';
  expect(judge(withoutRule(facts))).toEqual([['byo-nlb-sg-without-backend-rules']]);
});

test('the way from node to node comes after the way to the node', () => {
  const facts = openFacts();
  fail(facts.slices.targetHealth);
  nodeGroup(facts).rules = [];
  expect(judge(facts)).toEqual([['sg-target-missing-health-check-rule', 'node-to-node-sg-blocks-pod-port']]);
});
