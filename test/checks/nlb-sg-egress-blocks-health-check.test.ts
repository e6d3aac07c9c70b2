import { nlbSgEgressBlocksHealthCheck } from '../../core/checks/network/nlb-sg-egress-blocks-health-check.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const outbound =
  (...rules: ReturnType<typeof rule>[]) =>
  (facts: Facts) => {
    fail(facts.slices.targetHealth);
    for (const group of facts.slices.securityGroups)
      if (group.id === 'sg-0000000000000000b') group.rules = rules.map((each) => ({ ...each, egress: true }));
  };
const all = [instanceId(0), instanceId(1), instanceId(2)];
const local = () => sampleFacts({ policy: 'Local' });

testCheck(nlbSgEgressBlocksHealthCheck, {
  found: [
    {
      name: 'nothing may leave',
      facts: given(sampleFacts, outbound()),
      targets: all,
      confidence: 'confirmed',
      saw: 'sg-0000000000000000b: no egress rule for TCP 31080 to 10.0.0.10',
    },
    {
      name: 'the traffic port may leave, the health check port may not',
      facts: given(local, outbound(rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '10.0.0.0/16' }))),
      targets: all,
      confidence: 'confirmed',
      saw: 'TCP 32080',
    },
    {
      name: 'a prefix list that was not read',
      facts: given(sampleFacts, outbound(rule({ fromPort: 0, toPort: 65535, prefixListId: 'pl-1' }))),
      targets: all,
      confidence: 'possible',
      saw: 'entries of pl-1',
    },
  ],
  ruledOut: [
    {
      name: 'inbound rules are none of its business',
      facts: given(sampleFacts, (facts) => {
        outbound(rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '10.0.0.0/16' }))(facts);
      }),
    },
    {
      name: 'a rule for the security group of the targets',
      facts: given(
        sampleFacts,
        outbound(rule({ fromPort: 30000, toPort: 32767, referencedGroupId: 'sg-0000000000000000a' })),
      ),
    },
    {
      name: 'a load balancer without security groups',
      facts: given(sampleFacts, (facts) => {
        outbound()(facts);
        for (const each of facts.slices.loadBalancers) each.securityGroups = [];
      }),
    },
    {
      name: 'rules of the targets that are missing',
      facts: given(sampleFacts, ({ slices }) => {
        fail(slices.targetHealth);
        for (const group of slices.securityGroups) if (group.name === 'nodes') group.rules = [];
      }),
    },
  ],
});
