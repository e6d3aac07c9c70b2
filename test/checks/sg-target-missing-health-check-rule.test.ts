import { sgTargetMissingHealthCheckRule } from '../../core/checks/network/sg-target-missing-health-check-rule.ts';
import { fail, instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const withRules = (...rules: ReturnType<typeof rule>[]) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    ({ slices }) => {
      fail(slices.targetHealth);
      for (const group of slices.securityGroups) if (group.name === 'nodes') group.rules = rules;
    },
  );
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(sgTargetMissingHealthCheckRule, {
  found: [
    {
      name: 'no rule at all',
      facts: withRules(),
      targets: all,
      confidence: 'confirmed',
      saw: 'no rule for TCP 32080 from 10.0.0.5 (eu-west-1a)',
    },
    {
      name: 'a rule for the traffic port only',
      facts: withRules(rule({ fromPort: 31080, toPort: 31080, referencedGroupId: 'sg-0000000000000000b' })),
      targets: all,
      confidence: 'confirmed',
      saw: 'TCP 32080',
    },
    {
      name: 'one zone of the load balancer left out',
      facts: withRules(rule({ fromPort: 30000, toPort: 32767, cidrIpv4: '10.0.0.0/23' })),
      targets: all,
      confidence: 'confirmed',
      saw: 'from 10.0.2.5 (eu-west-1c)',
    },
    {
      name: 'a prefix list whose entries were not read',
      facts: withRules(rule({ fromPort: 0, toPort: 65535, prefixListId: 'pl-1' })),
      targets: all,
      confidence: 'possible',
      saw: 'no rule for TCP 32080 from 10.0.0.5 (eu-west-1a), 10.0.1.5 (eu-west-1b), 10.0.2.5 (eu-west-1c); entries of pl-1 in sgr-1 were not read',
    },
  ],
  ruledOut: [
    {
      name: 'a rule for the security group of the load balancer',
      facts: withRules(rule({ fromPort: 30000, toPort: 32767, referencedGroupId: 'sg-0000000000000000b' })),
    },
    {
      name: 'a rule for the addresses of the load balancer',
      facts: withRules(rule({ fromPort: 0, toPort: 65535, protocol: '-1', cidrIpv4: '10.0.0.0/16' })),
    },
  ],
});
