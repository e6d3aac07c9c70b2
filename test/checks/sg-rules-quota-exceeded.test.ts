import { sgRulesQuotaExceeded } from '../../core/checks/network/sg-rules-quota-exceeded.ts';
import type { Facts } from '../../core/model/facts.ts';
import { nodeGroup } from '../core/network/open-path.ts';
import { binding, reconcileError } from '../core/sample-binding.ts';
import { fail, instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ranges = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    rule({ fromPort: 30500, toPort: 30500, cidrIpv4: `192.0.2.${index}/32` }),
  );
const holding = (rules: ReturnType<typeof rule>[]) =>
  given(sampleFacts, (facts) => {
    fail(facts.slices.targetHealth);
    nodeGroup(facts).rules = rules;
  });
const limit = reconcileError(
  'SyncLoadBalancerFailed',
  'Error syncing load balancer: RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
  { regarding: { kind: 'Service', name: 'web', namespace: 'shop' } },
);
/** What the AWS Load Balancer Controller wrote for the load balancers with this security group, and somebody narrowed. */
const shared = (referencedGroupId: string) => ({
  ...rule({ fromPort: 30500, toPort: 30500, referencedGroupId }),
  description: 'elbv2.k8s.aws/targetGroupBinding=shared',
});
const all = [instanceId(0), instanceId(1), instanceId(2)];
const list = (facts: Facts, entries: number) => {
  facts.slices.prefixLists.push({ id: 'pl-1', cidrs: Array.from({ length: entries }, (_, i) => `198.51.100.${i}/32`) });
};

testCheck(sgRulesQuotaExceeded, {
  found: [
    {
      name: 'the controller was refused',
      facts: given(holding(ranges(12)), ({ slices }) => slices.events.push(limit)),
      targets: all,
      confidence: 'confirmed',
      saw: 'holds 12 inbound rules and none for TCP 31080; event SyncLoadBalancerFailed',
    },
    {
      name: 'the default quota is used up',
      facts: holding(ranges(60)),
      targets: all,
      confidence: 'probable',
      saw: 'holds 60 inbound rules',
    },
    {
      name: 'the default quota is used up, with a rule of the controller for other load balancers',
      facts: holding([...ranges(59), shared('sg-0000000000000000c')]),
      targets: all,
      confidence: 'probable',
      saw: 'holds 60 inbound rules',
    },
    {
      name: 'a prefix list takes the room',
      facts: given(holding([...ranges(20), rule({ fromPort: 30500, toPort: 30500, prefixListId: 'pl-1' })]), (facts) =>
        list(facts, 40),
      ),
      targets: all,
      confidence: 'probable',
      saw: 'holds 60 inbound rules',
    },
    {
      name: 'the controller was refused, and a prefix list that was not read may let the check in',
      facts: given(holding([...ranges(12), rule({ fromPort: 0, toPort: 65535, prefixListId: 'pl-1' })]), ({ slices }) =>
        slices.events.push(limit),
      ),
      targets: all,
      confidence: 'possible',
      saw: 'holds 13 inbound rules',
    },
  ],
  ruledOut: [
    { name: 'more rules than the default quota, which was raised', facts: holding(ranges(75)) },
    {
      name: 'a prefix list of the other family',
      facts: given(holding([...ranges(20), rule({ fromPort: 30500, toPort: 30500, prefixListId: 'pl-1' })]), (facts) =>
        facts.slices.prefixLists.push({
          id: 'pl-1',
          cidrs: Array.from({ length: 40 }, (_, i) => `2001:db8:${i}::/48`),
        }),
      ),
    },
    {
      name: 'full, and the controller is not asked for a rule',
      facts: given(holding(ranges(60)), ({ slices }) => slices.targetGroupBindings.push(binding())),
    },
    {
      name: 'full, and no controller owns the target group',
      facts: given(holding(ranges(60)), (facts) => {
        facts.owners = [];
      }),
    },
    { name: 'room is left', facts: holding(ranges(59)) },
    {
      name: 'full, with a narrowed rule of the controller, which it replaces',
      facts: holding([...ranges(59), shared('sg-0000000000000000b')]),
    },
    {
      name: 'outbound rules do not count',
      facts: holding([...ranges(30), ...ranges(40).map((each) => ({ ...each, egress: true }))]),
    },
    {
      name: 'full, with the rule among them',
      facts: holding([...ranges(70), rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '10.0.0.0/16' })]),
    },
    {
      name: 'a refusal that a later success took back',
      facts: given(holding(ranges(12)), ({ slices }) =>
        slices.events.push(limit, {
          ...limit,
          type: 'Normal',
          reason: 'EnsuredLoadBalancer',
          note: 'Ensured load balancer',
          lastSeen: '2026-11-20T11:59:30Z',
        }),
      ),
    },
  ],
});
