import { subnetDiscoveryFailed } from '../../core/checks/registration/subnet-discovery-failed.ts';
import { testCheck } from './check-tester.ts';
import { failing, ip, lackingRule, saying, stale, stuck } from './controller-case.ts';

const noSubnets = (detail: string) => ({ reason: 'FailedBuildModel', note: `Failed build model due to ${detail}` });
const tooFew = noSubnets(
  'unable to resolve at least one subnet. Evaluated 3 subnets: 0 are tagged for other clusters, and 3 have insufficient available IP addresses',
);

testCheck(subnetDiscoveryFailed, {
  found: [
    {
      name: 'a path waits behind subnets that are full',
      facts: saying(stuck, tooFew),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: /3 have insufficient available IP addresses; path stays \/old/,
    },
    {
      name: 'cloud-provider-aws finds none either',
      facts: saying(stale, {
        reason: 'SyncLoadBalancerFailed',
        note: 'Error syncing load balancer: failed to ensure load balancer: could not find any suitable subnets for creating the ELB',
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'suitable subnets',
    },
    {
      name: 'Elastic Load Balancing finds too few addresses in a subnet that an annotation names',
      facts: saying(stale, {
        reason: 'FailedDeployModel',
        note: 'Failed deploy model due to operation error Elastic Load Balancing v2: SetSubnets, https response error StatusCode: 400, api error InvalidSubnet: Not enough IP space available in subnet-0aaaaaaaaaaaaaa02. ELB requires at least 8 free IP addresses in each subnet.',
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'Not enough IP space available in subnet-0aaaaaaaaaaaaaa02',
    },
    {
      name: 'a load balancer that goes on as it was, as a risk',
      facts: saying(ip, noSubnets('multiple subnets in same Availability Zone eu-west-1a: [subnet-1 subnet-2]')),
      targets: [],
      confidence: 'probable',
      saw: 'multiple subnets in same Availability Zone',
    },
  ],
  ruledOut: [
    { name: 'failing pods behind a target group that is as asked', facts: saying(failing, tooFew) },
    { name: 'an error of another kind', facts: saying(stuck, noSubnets('failed to parse stringMap annotation')) },
    { name: 'a rule that the controller writes for the binding all the same', facts: saying(lackingRule, tooFew) },
    { name: 'a path that nothing holds up', facts: stuck },
  ],
});
