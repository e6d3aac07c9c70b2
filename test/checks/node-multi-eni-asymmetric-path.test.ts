import { nodeMultiEniAsymmetricPath } from '../../core/checks/network/node-multi-eni-asymmetric-path.ts';
import type { NetworkInterface } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { nodeGroup, openFacts, shutOut, silence } from '../core/network/open-path.ts';
import { fail, instanceId, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const second = 'eni-0cccccccccccccc00';
const attach = ({ slices }: Facts, change: Partial<NetworkInterface> = {}) => {
  const [primary] = slices.networkInterfaces;
  if (primary === undefined) throw new Error('the sample has no interface');
  slices.networkInterfaces.push({
    ...primary,
    id: second,
    subnetId: 'subnet-0aaaaaaaaaaaaaa01',
    deviceIndex: 2,
    privateIps: ['10.0.1.77'],
    ...change,
  });
  fail(slices.targetHealth, instanceId(0));
};
const crossed = given(openFacts, (facts) => attach(facts));
const elsewhere = 'subnet-0ffffffffffffff00';

testCheck(nodeMultiEniAsymmetricPath, {
  found: [
    {
      name: 'a second interface in a subnet of the load balancer',
      facts: crossed,
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: `${second} in subnet-0aaaaaaaaaaaaaa01 in addition to the primary interface in subnet-0aaaaaaaaaaaaaa00; checks come from 10.0.1.5`,
    },
    {
      name: 'the same, and a prober elsewhere gets its answer',
      facts: given(crossed, (facts) => probe(facts, 'health-check', { kind: 'open' }, { only: instanceId(0) })),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'the prober, in another subnet, got: connected',
    },
    {
      name: 'a second interface elsewhere, and silence',
      facts: given(openFacts, (facts) => {
        attach(facts, { subnetId: elsewhere });
        silence(facts, instanceId(0));
      }),
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: `${second} in ${elsewhere}`,
    },
  ],
  ruledOut: [
    {
      name: 'an interface of the VPC CNI',
      facts: given(openFacts, (facts) => attach(facts, { description: 'aws-K8S-i-1' })),
    },
    {
      name: 'an interface of Cilium',
      facts: given(openFacts, (facts) => attach(facts, { description: `Cilium-CNI (${instanceId(0)})` })),
    },
    { name: 'a trunk interface', facts: given(openFacts, (facts) => attach(facts, { interfaceType: 'trunk' })) },
    {
      name: 'a second interface in the subnet of the first',
      facts: given(openFacts, (facts) => attach(facts, { subnetId: 'subnet-0aaaaaaaaaaaaaa00' })),
    },
    {
      name: 'a second interface elsewhere, not probed',
      facts: given(openFacts, (facts) => attach(facts, { subnetId: elsewhere })),
    },
    {
      name: 'a second interface elsewhere, and a prober that no rule admits',
      facts: given(openFacts, (facts) => {
        attach(facts, { subnetId: elsewhere });
        silence(facts, instanceId(0));
        shutOut(facts);
      }),
    },
    {
      name: 'an application that answers badly',
      facts: given(crossed, (facts) => probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) })),
    },
    {
      name: 'security groups that explain the failure',
      facts: given(crossed, (facts) => {
        nodeGroup(facts).rules = [];
      }),
    },
    { name: 'nodes with one interface', facts: given(openFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});
