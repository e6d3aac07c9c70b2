import { expect, test } from 'vitest';
import { naclBlocksClients } from '../../core/checks/network/nacl-blocks-clients.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { NetworkAclEntry } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { sampleFacts, useBothProtocols } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

const entry = (change: Partial<NetworkAclEntry>): NetworkAclEntry => ({
  egress: false,
  ruleNumber: 50,
  protocol: '6',
  action: 'deny',
  cidr: '0.0.0.0/0',
  ...change,
});
const listener = { fromPort: 80, toPort: 80 };
const replies = { fromPort: 1024, toPort: 65_535 };
const anyProtocol = { protocol: '-1', ruleNumber: 100, action: 'allow' as const };

/** An internet-facing load balancer in subnets whose network ACL has these entries before those that let everything pass. */
const behind =
  (entries: NetworkAclEntry[], change: (facts: Facts) => void = () => {}) =>
  (): Facts => {
    const facts = sampleFacts();
    for (const balancer of facts.slices.loadBalancers) balancer.scheme = 'internet-facing';
    for (const acl of facts.slices.networkAcls) acl.entries.unshift(...entries);
    change(facts);
    return facts;
  };

/** The same, where these entries are all that there are. */
const behindAlone = (entries: NetworkAclEntry[], change: (facts: Facts) => void = () => {}) =>
  behind([], (facts) => {
    for (const acl of facts.slices.networkAcls) acl.entries = entries;
    change(facts);
  });

const internal = ({ slices }: Facts): void => {
  for (const balancer of slices.loadBalancers) balancer.scheme = 'internal';
};
/** Nothing but the load balancer is in its subnets. */
const alone = (facts: Facts): void => {
  internal(facts);
  facts.slices.networkInterfaces = facts.slices.networkInterfaces.filter(({ description }) =>
    description.startsWith('ELB '),
  );
};
const dualStack = ({ slices }: Facts): void => {
  for (const balancer of slices.loadBalancers) balancer.ipAddressType = 'dualstack';
};
const listening =
  (protocol: string) =>
  ({ slices }: Facts): void => {
    for (const each of slices.listeners) each.protocol = protocol;
  };
const zoneC = 'subnet-0aaaaaaaaaaaaaa02';
/** Only the subnet of the third zone has these entries. */
const inZoneC = (entries: NetworkAclEntry[]) =>
  behind([], ({ slices }) => {
    const [whole] = slices.networkAcls;
    if (whole === undefined) throw new Error('the sample has no ACL');
    whole.subnetIds = whole.subnetIds.filter((id) => id !== zoneC);
    slices.networkAcls.push({ ...whole, id: 'acl-own', subnetIds: [zoneC], entries: [...entries, ...whole.entries] });
  });

testCheck(naclBlocksClients, {
  found: [
    {
      name: 'the port of the listener denied to everybody',
      facts: behind([entry(listener)]),
      targets: [],
      confidence: 'confirmed',
      saw: /zone eu-west-1a: .*rule 50 denies TCP 80 inbound from 0\.0\.0\.0\/0/,
      values: { inboundNumber: 49, port: 80, protocol: 'tcp', family: '--cidr-block', cidr: '0.0.0.0/0' },
    },
    {
      name: 'another port alone is let in',
      facts: behindAlone([
        entry({ action: 'allow', fromPort: 443, toPort: 443 }),
        entry({ ...anyProtocol, egress: true }),
      ]),
      targets: [],
      confidence: 'confirmed',
      saw: /rule \* denies TCP 80 inbound from 0\.0\.0\.0\/0/,
      values: { inboundNumber: 32_766 },
    },
    {
      name: 'answers may not leave',
      facts: behind([entry({ ...replies, egress: true })]),
      targets: [],
      confidence: 'confirmed',
      saw: /rule 50 denies TCP 32768-65535 outbound to 0\.0\.0\.0\/0/,
      values: { outboundNumber: 49 },
    },
    {
      name: 'answers leave to one port of sixty thousand',
      facts: behindAlone([entry(anyProtocol), entry({ egress: true, action: 'allow', fromPort: 8080, toPort: 8080 })]),
      targets: [],
      confidence: 'confirmed',
      saw: /rule \* denies TCP 32768-65535 outbound/,
    },
    {
      name: 'answers leave only to ports from which no system of today connects',
      facts: behindAlone([entry(anyProtocol), entry({ egress: true, action: 'allow', fromPort: 1024, toPort: 5000 })]),
      targets: [],
      confidence: 'confirmed',
      saw: /rule \* denies TCP 32768-65535 outbound/,
      values: { outboundNumber: 32_766 },
    },
    {
      name: 'answers leave to clients on Windows, and to less than half of the ports of those on Linux',
      facts: behindAlone([
        entry(anyProtocol),
        entry({ egress: true, action: 'allow', fromPort: 49_152, toPort: 65_535 }),
      ]),
      targets: [],
      confidence: 'probable',
      saw: /rule \* denies TCP 32768-49151 outbound to 0\.0\.0\.0\/0; clients of k8s-shop-web that connect from these ports get no answer/,
      values: { outboundNumber: 32_766 },
    },
    {
      name: 'an entry denies the answers to clients on Windows',
      facts: behind([entry({ egress: true, fromPort: 49_152, toPort: 65_535 })]),
      targets: [],
      confidence: 'probable',
      saw: /rule 50 denies TCP 49152-65535 outbound/,
      values: { outboundNumber: 49 },
    },
    {
      name: 'neither direction',
      facts: behindAlone([]),
      targets: [],
      confidence: 'confirmed',
      saw: /denies TCP 80 inbound .*; .*denies TCP 32768-65535 outbound/,
      values: { inboundNumber: 32_766, outboundNumber: 32_766 },
    },
    {
      name: 'those who are let in are not those who are answered',
      facts: behindAlone([
        entry({ ...anyProtocol, cidr: '198.51.100.0/24' }),
        entry({ ...anyProtocol, cidr: '203.0.113.0/24', egress: true }),
      ]),
      targets: [],
      confidence: 'confirmed',
      saw: /denies TCP 32768-65535 outbound/,
    },
    {
      name: 'only the VPC is let in to an internet-facing load balancer',
      facts: behindAlone([entry({ ...anyProtocol, cidr: '10.0.0.0/16' }), entry({ ...anyProtocol, egress: true })]),
      targets: [],
      confidence: 'confirmed',
      saw: /rule \* denies TCP 80 inbound/,
    },
    {
      name: 'one zone of three',
      facts: inZoneC([entry(listener)]),
      targets: [],
      confidence: 'confirmed',
      saw: /^zone eu-west-1c: acl-own of subnet-0aaaaaaaaaaaaaa02[^\n]*$/,
      values: { subnet: zoneC, networkAcl: 'acl-own' },
    },
    {
      name: 'an internal load balancer beside whose nodes others are',
      facts: behind([entry(listener)], internal),
      targets: [],
      confidence: 'probable',
      saw: /rule 50 denies TCP 80 inbound/,
      values: { cidr: '10.0.0.0/16' },
    },
    {
      name: 'an internal load balancer alone in its subnets',
      facts: behind([entry(listener)], alone),
      targets: [],
      confidence: 'confirmed',
      saw: /rule 50 denies TCP 80 inbound/,
    },
    {
      name: 'an endpoint service, whose consumers come past it',
      facts: behind([entry(listener)], ({ slices }) => {
        const loadBalancerArns = slices.loadBalancers.map(({ arn }) => arn);
        slices.endpointServices = [{ id: 'vpce-svc-1', name: 'svc', state: 'Available', loadBalancerArns }];
      }),
      targets: [],
      confidence: 'probable',
      saw: /rule 50 denies TCP 80 inbound/,
    },
    {
      name: 'UDP alone, for a listener on UDP',
      facts: behind([entry({ ...listener, protocol: '17' })], listening('UDP')),
      targets: [],
      confidence: 'confirmed',
      saw: /rule 50 denies UDP 80 inbound/,
      values: { protocol: 'udp' },
    },
    {
      name: 'answers to datagrams, which not every protocol has',
      facts: behind([entry({ ...replies, protocol: '17', egress: true })], listening('UDP')),
      targets: [],
      confidence: 'probable',
      saw: /rule 50 denies UDP 32768-65535 outbound/,
    },
    {
      name: 'UDP, while the Service has a port of each protocol',
      facts: behind([entry({ ...listener, protocol: '17' })], (facts) => {
        listening('TCP_UDP')(facts);
        useBothProtocols(facts);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /rule 50 denies UDP 80 inbound/,
    },
    {
      name: 'both families of a dual-stack load balancer',
      facts: behind([entry(listener), entry({ ...listener, ipv6Cidr: '::/0', ruleNumber: 51 })], (facts) => {
        dualStack(facts);
        for (const acl of facts.slices.networkAcls)
          acl.entries.push(
            ...[false, true].map((egress) => {
              const { cidr: _, ...rest } = entry({ ...anyProtocol, egress });
              return { ...rest, ruleNumber: 101, ipv6Cidr: '::/0' };
            }),
          );
        for (const each of facts.slices.networkAcls.flatMap(({ entries }) => entries))
          if (each.ipv6Cidr !== undefined) delete each.cidr;
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /rule 50 denies TCP 80 inbound/,
    },
    {
      name: 'IPv6 alone, of a dual-stack load balancer',
      facts: behind([], dualStack),
      targets: [],
      confidence: 'probable',
      saw: /rule \* denies TCP 80 inbound from ::\/0/,
      values: { family: '--ipv6-cidr-block', cidr: '::/0' },
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: behind([]) },
    { name: 'an entry for another port', facts: behind([entry({ fromPort: 443, toPort: 443 })]) },
    { name: 'an entry for another protocol', facts: behind([entry({ ...listener, protocol: '17' })]) },
    {
      name: 'a denial that comes after everything was let pass',
      facts: behind([entry({ ...listener, ruleNumber: 200 })]),
    },
    {
      name: 'a narrow range of clients is let in before',
      facts: behind([
        entry({ ...listener, action: 'allow', ruleNumber: 40, cidr: '198.51.100.0/24' }),
        entry(listener),
      ]),
    },
    {
      name: 'a range that is denied among all that are let in',
      facts: behind([entry({ ...listener, cidr: '198.51.100.0/24' })]),
    },
    {
      name: 'answers leave to the ports of Linux alone',
      facts: behindAlone([
        entry(anyProtocol),
        entry({ egress: true, action: 'allow', fromPort: 32_768, toPort: 60_999 }),
      ]),
    },
    {
      name: 'clients of the VPC, of an internal load balancer',
      facts: behindAlone(
        [entry({ ...anyProtocol, cidr: '10.0.0.0/16' }), entry({ ...anyProtocol, egress: true })],
        alone,
      ),
    },
    {
      name: 'listeners that send no traffic to the group',
      facts: behind([entry(listener)], ({ slices }) => {
        for (const each of slices.listeners)
          each.forwards = each.forwards.map((forward) => ({ ...forward, weight: 0 }));
      }),
    },
  ],
});

test('it is unknown where the network ACL of a subnet was not seen', () => {
  const facts = behind([], ({ slices }) => {
    slices.networkAcls = [];
  })();
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no group');
  const [finding] = examine(group, facts, [naclBlocksClients]);
  expect(finding).toMatchObject({ outcome: 'unknown', gaps: [{ message: expect.stringMatching(/subnet-0a/) }] });
});
