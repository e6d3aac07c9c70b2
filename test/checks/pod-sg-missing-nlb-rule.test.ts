import { podSgMissingNlbRule } from '../../core/checks/network/pod-sg-missing-nlb-rule.ts';
import { nodeGroup } from '../core/network/open-path.ts';
import { endedJob, fail, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const own = 'sg-0000000000000000e';
const branch = 'eni-0123456789abcdef0';

/** The first pod has a branch interface whose security group admits nothing. */
const branched = given(
  () => sampleFacts({ targetType: 'ip' }),
  (facts) => {
    const [pod] = facts.slices.pods;
    const [node] = facts.slices.networkInterfaces;
    if (pod === undefined || node === undefined) throw new Error('the sample has no pod');
    pod.metadata.annotations['vpc.amazonaws.com/pod-eni'] =
      `[{"eniId":"${branch}","privateIp":"10.0.0.100","vlanId":1,"subnetCidr":"10.0.0.0/24"}]`;
    node.privateIps = node.privateIps.filter((address) => address !== '10.0.0.100');
    const { instanceId: _, deviceIndex: __, ...free } = node;
    facts.slices.networkInterfaces.push({
      ...free,
      id: branch,
      interfaceType: 'branch',
      privateIps: ['10.0.0.100'],
      securityGroups: [own],
    });
    facts.slices.securityGroups.push({ ...nodeGroup(facts), id: own, name: 'web-pods', rules: [] });
    fail(facts.slices.targetHealth, '10.0.0.100');
  },
);

testCheck(podSgMissingNlbRule, {
  found: [
    {
      name: 'a branch interface whose group admits nothing',
      facts: branched,
      targets: ['10.0.0.100'],
      confidence: 'confirmed',
      saw: `shop/web-1 has the branch interface ${branch}; ${own}: no rule for TCP 8080`,
    },
    {
      name: 'a branch interface with the address that a job had before',
      facts: given(branched, (facts) => {
        endedJob(facts, '10.0.0.100');
      }),
      targets: ['10.0.0.100'],
      confidence: 'confirmed',
      saw: `shop/web-1 has the branch interface ${branch}`,
    },
  ],
  ruledOut: [
    {
      name: 'the group of the pod admits the load balancer',
      facts: given(branched, ({ slices }) => {
        for (const group of slices.securityGroups)
          if (group.id === own)
            group.rules = [rule({ fromPort: 8080, toPort: 8080, referencedGroupId: 'sg-0000000000000000b' })];
      }),
    },
    {
      name: 'a pod on the interface of its node whose groups admit nothing',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          nodeGroup(facts).rules = [];
        },
      ),
    },
  ],
});
