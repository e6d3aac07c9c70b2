import { nodePortsOpenToInternet } from '../../core/checks/network/node-ports-open-to-internet.ts';
import type { Facts } from '../../core/model/facts.ts';
import { instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const exposed = (change: (facts: Facts) => void = () => {}) =>
  given(
    () => sampleFacts(),
    (facts) => {
      const { nodes, routeTables, securityGroups } = facts.slices;
      nodes[0]?.status.addresses.push({ type: 'ExternalIP', address: '198.51.100.7' });
      routeTables[0]?.routes.push({ destination: '0.0.0.0/0', target: 'igw-0aaaaaaaaaaaaaa01', state: 'active' });
      securityGroups[0]?.rules.push({
        ...rule({ fromPort: 30_000, toPort: 32_767, cidrIpv4: '0.0.0.0/0' }),
        id: 'sgr-open',
      });
      change(facts);
    },
  );

testCheck(nodePortsOpenToInternet, {
  found: [
    {
      name: 'a node with a public address whose NodePorts are open to all',
      facts: exposed(),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'sgr-open of sg-0000000000000000a admits TCP 31080 from 0.0.0.0/0, and the node is 198.51.100.7 on the internet',
      values: { securityGroup: 'sg-0000000000000000a', rule: 'sgr-open' },
    },
    {
      name: 'an IPv6 address, which is public where the subnet has a route',
      facts: exposed(({ slices }) => {
        for (const { spec } of slices.services) spec.ipFamilies = ['IPv6'];
        for (const each of slices.networkInterfaces)
          if (each.instanceId === instanceId(1)) each.ipv6Addresses = ['2600:1f18::7'];
        slices.routeTables[0]?.routes.push({ destination: '::/0', target: 'igw-0aaaaaaaaaaaaaa01', state: 'active' });
        slices.networkAcls[0]?.entries.push({
          egress: false,
          ruleNumber: 101,
          protocol: '-1',
          action: 'allow',
          ipv6Cidr: '::/0',
        });
        slices.securityGroups[0]?.rules.push({
          ...rule({ fromPort: 31_080, toPort: 31_080 }),
          id: 'sgr-six',
          cidrIpv6: '::/0',
        });
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'sgr-six of sg-0000000000000000a admits TCP 31080 from ::/0',
    },
  ],
  ruledOut: [
    {
      name: 'nodes without a public address',
      facts: exposed(({ slices }) => {
        for (const { status } of slices.nodes)
          status.addresses = status.addresses.filter(({ type }) => type !== 'ExternalIP');
      }),
    },
    {
      name: 'a subnet whose way out is a NAT gateway',
      facts: exposed(({ slices }) => {
        for (const route of slices.routeTables.flatMap(({ routes }) => routes))
          if (route.destination === '0.0.0.0/0') route.target = 'nat-0aaaaaaaaaaaaaa01';
      }),
    },
    {
      name: 'a rule for some ranges',
      facts: exposed(({ slices }) => {
        for (const each of slices.securityGroups.flatMap(({ rules }) => rules))
          if (each.id === 'sgr-open') each.cidrIpv4 = '203.0.113.0/24';
      }),
    },
    {
      name: 'the rule on the load balancer’s own security group',
      facts: exposed(({ slices }) => {
        const open = slices.securityGroups[0]?.rules.pop();
        if (open !== undefined) slices.securityGroups[1]?.rules.push(open);
      }),
    },
    {
      name: 'another port that is open to all',
      facts: exposed(({ slices }) => {
        for (const each of slices.securityGroups.flatMap(({ rules }) => rules))
          if (each.id === 'sgr-open') Object.assign(each, { fromPort: 22, toPort: 22 });
      }),
    },
    {
      name: 'a network ACL that denies the NodePorts from outside',
      facts: exposed(({ slices }) => {
        slices.networkAcls[0]?.entries.push({
          egress: false,
          ruleNumber: 50,
          protocol: '6',
          action: 'deny',
          cidr: '0.0.0.0/0',
          fromPort: 30_000,
          toPort: 32_767,
        });
      }),
    },
  ],
});
