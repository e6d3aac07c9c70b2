import { expect, test } from 'vitest';
import type { SecurityGroup } from '../../../core/model/aws.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { missingRulesOf } from '../../../core/network/missing-rule.ts';
import { fail, rule, sampleFacts } from '../sample-facts.ts';

const own = 'sg-0000000000000000b';

test('a rule is offered for the health check and for the traffic port, both from the load balancer', () => {
  expect(offered(closed())).toEqual([
    { IpProtocol: 'tcp', FromPort: 32080, ToPort: 32080, UserIdGroupPairs: [{ GroupId: own }] },
    { IpProtocol: 'tcp', FromPort: 31080, ToPort: 31080, UserIdGroupPairs: [{ GroupId: own }] },
  ]);
});

test('one rule is offered where clients and the health check use the same port', () => {
  const facts = closed('Cluster');
  expect(offered(facts).map(({ FromPort }) => FromPort)).toEqual([31080]);
});

test('a port that is open already is left out, since AWS refuses the whole call for one duplicate', () => {
  const facts = closed();
  nodesOf(facts).rules = [rule({ fromPort: 31080, toPort: 31080, referencedGroupId: own })];
  expect(offered(facts).map(({ FromPort }) => FromPort)).toEqual([32080]);
});

test('UDP traffic gets a rule beside the TCP health check of the same port', () => {
  const facts = closed('Cluster');
  for (const group of facts.slices.targetGroups) group.protocol = 'UDP';
  expect(offered(facts).map(({ IpProtocol, FromPort }) => [IpProtocol, FromPort])).toEqual([
    ['tcp', 31080],
    ['udp', 31080],
  ]);
});

test('the source is the backend group that the controller shares, not the group for clients that stands first', () => {
  const facts = closed();
  const backend: SecurityGroup = {
    id: 'sg-0000000000000000c',
    name: 'k8s-traffic-shop',
    vpcId: facts.vpcId,
    tags: { 'elbv2.k8s.aws/resource': 'backend-sg' },
    rules: [],
  };
  facts.slices.securityGroups.push(backend);
  for (const balancer of facts.slices.loadBalancers) balancer.securityGroups = [own, backend.id];
  expect(offered(facts).map(({ UserIdGroupPairs }) => UserIdGroupPairs?.[0]?.GroupId)).toEqual([
    backend.id,
    backend.id,
  ]);
});

test('without a security group both ports are opened to its addresses, where those are all that targets see', () => {
  const facts = withoutGroup('false');
  const ranges = ['10.0.0.5/32', '10.0.1.5/32', '10.0.2.5/32'].map((CidrIp) => ({ CidrIp }));
  expect(offered(facts).map(({ FromPort, IpRanges }) => [FromPort, IpRanges])).toEqual([
    [32080, ranges],
    [31080, ranges],
  ]);
});

test('where clients keep their addresses and no group stands for them, their port is a step of its own', () => {
  const facts = withoutGroup('true');
  expect(offered(facts).map(({ FromPort }) => FromPort)).toEqual([32080]);
  expect(missing(facts)?.clientPort).toBe(31080);
  nodesOf(facts).rules = [rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '0.0.0.0/0' })];
  expect(missing(facts)?.clientPort).toBeUndefined();
});

interface Permission {
  IpProtocol: string;
  FromPort: number;
  UserIdGroupPairs?: { GroupId: string }[];
  IpRanges?: { CidrIp: string }[];
}

const offered = (facts: Facts): Permission[] => JSON.parse(missing(facts)?.permission ?? '[]');

function missing(facts: Facts) {
  const [group] = groupsOf(facts);
  return group && missingRulesOf(group, facts.slices)[0]?.values;
}

/** All targets failing, and no rule at their nodes. */
function closed(policy: 'Cluster' | 'Local' = 'Local'): Facts {
  const facts = sampleFacts({ policy });
  fail(facts.slices.targetHealth);
  nodesOf(facts).rules = [];
  return facts;
}

function withoutGroup(preserved: 'true' | 'false'): Facts {
  const facts = closed();
  for (const balancer of facts.slices.loadBalancers) balancer.securityGroups = [];
  for (const group of facts.slices.targetGroups) group.attributes['preserve_client_ip.enabled'] = preserved;
  return facts;
}

function nodesOf({ slices }: Facts): SecurityGroup {
  const found = slices.securityGroups.find(({ name }) => name === 'nodes');
  if (found === undefined) throw new Error('the sample has no security group for nodes');
  return found;
}
