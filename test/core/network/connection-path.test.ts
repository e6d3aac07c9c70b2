import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkAclEntry, SecurityGroup, SecurityGroupRule } from '../../../core/model/aws.ts';
import { networkAclVerdict } from '../../../core/network/acls/network-acls.ts';
import { contains, overlaps } from '../../../core/network/address.ts';
import { tcp } from '../../../core/network/clients/wire-protocol.ts';
import { evaluatePath, type Network, probePath } from '../../../core/network/connection-path.ts';
import { routeTo } from '../../../core/network/route-tables.ts';
import { securityGroupVerdict } from '../../../core/network/security-groups.ts';

/** Bits of an address in a world of sixteen addresses, 10.0.0.0 to 10.0.0.15, so that blocks often meet. */
const address = fc.nat(15).map((last) => `10.0.0.${last}`);
const block = fc
  .tuple(fc.nat(15), fc.constantFrom(0, 28, 29, 30, 31, 32))
  .map(([last, prefix]) => `10.0.0.${last}/${prefix}`);

/** Containment by counting through every address of the sixteen. */
const members = (cidr: string): Set<string> => {
  const [base = '', prefix = '32'] = cidr.split('/');
  const size = Number(prefix) === 0 ? 16 : 2 ** (32 - Number(prefix));
  const first = Number(base.split('.')[3]);
  return new Set(
    Array.from({ length: 16 }, (_, last) => last)
      .filter((last) => Math.floor(last / size) === Math.floor(first / size))
      .map((last) => `10.0.0.${last}`),
  );
};

describe('addresses', () => {
  test('contains and overlaps agree with counting through every address', () => {
    fc.assert(
      fc.property(block, block, (a, b) => {
        const inA = members(a);
        const inB = members(b);
        expect(contains(a, b)).toBe(inB.isSubsetOf(inA) && Number(a.split('/')[1]) <= Number(b.split('/')[1]));
        expect(overlaps(a, b)).toBe(!inA.isDisjointFrom(inB));
      }),
    );
  });

  test.each([
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '2001:db9::5', false],
    ['::/0', '2001:db8::1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8:0:1::/64', '2001:0db8:0000:0001:ffff::', true],
  ])('%s contains %s: %s', (cidr, inner, expected) => {
    expect(contains(cidr, inner)).toBe(expected);
  });
});

const rule: fc.Arbitrary<SecurityGroupRule> = fc
  .record({
    egress: fc.boolean(),
    protocol: fc.constantFrom('tcp', '6', 'udp', '-1'),
    ports: fc.tuple(fc.integer({ min: 78, max: 82 }), fc.integer({ min: 78, max: 82 })),
    source: fc.oneof(
      block.map((cidrIpv4) => ({ cidrIpv4 })),
      fc.constantFrom('sg-a', 'sg-b').map((referencedGroupId) => ({ referencedGroupId })),
      fc.constantFrom('pl-read', 'pl-unread').map((prefixListId) => ({ prefixListId })),
    ),
  })
  .map(({ egress, protocol, ports: [x, y], source }) => ({
    id: 'sgr-1',
    egress,
    protocol,
    fromPort: protocol === '-1' ? -1 : Math.min(x, y),
    toPort: protocol === '-1' ? -1 : Math.max(x, y),
    ...source,
  }));

describe('security groups', () => {
  test('admit exactly what some rule lists, and do not know where only an unread prefix list is left', () => {
    const lists = [{ id: 'pl-read', cidrs: ['10.0.0.4/30'] }];
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 6 }),
        fc.record({ address, group: fc.constantFrom('sg-a', 'sg-c'), port: fc.integer({ min: 78, max: 82 }) }),
        fc.constantFrom('ingress' as const, 'egress' as const),
        (rules, { address: from, group, port }, direction) => {
          const speaking = rules.filter(
            (each) =>
              each.egress === (direction === 'egress') &&
              each.protocol !== 'udp' &&
              (each.protocol === '-1' || (each.fromPort <= port && port <= each.toPort)),
          );
          const listed = (each: SecurityGroupRule): Set<string> => {
            if (each.cidrIpv4 !== undefined) return members(each.cidrIpv4);
            return each.prefixListId === 'pl-read' ? members('10.0.0.4/30') : new Set();
          };
          const isIn = speaking.some((each) => listed(each).has(from) || each.referencedGroupId === group);
          const isBlind = speaking.some(({ prefixListId }) => prefixListId === 'pl-unread');
          const packet = {
            direction,
            protocol: 'tcp' as const,
            port,
            peer: { address: from, securityGroupIds: [group] },
          };
          expect(securityGroupVerdict([holding(rules)], packet, lists).decision).toBe(
            isIn ? 'allow' : isBlind ? 'unknown' : 'deny',
          );
        },
      ),
    );
  });

  test('do not know where a rule covers a part of a peer that is only known as a block', () => {
    const packet = {
      direction: 'ingress' as const,
      protocol: 'tcp' as const,
      port: 80,
      peer: { address: '10.0.0.0/28', securityGroupIds: [] },
    };
    expect(securityGroupVerdict([holding([open({ cidrIpv4: '10.0.0.5/32' })])], packet, []).decision).toBe('unknown');
    expect(securityGroupVerdict([holding([open({ cidrIpv4: '10.0.0.0/24' })])], packet, []).decision).toBe('allow');
    expect(securityGroupVerdict([holding([open({ cidrIpv4: '10.0.1.0/24' })])], packet, []).decision).toBe('deny');
  });
});

const holding = (rules: SecurityGroupRule[], id = 'sg-own'): SecurityGroup => ({
  id,
  name: id,
  vpcId: 'vpc-1',
  tags: {},
  rules,
});
const open = (change: Partial<SecurityGroupRule>): SecurityGroupRule => ({
  id: 'sgr-1',
  egress: false,
  protocol: 'tcp',
  fromPort: 80,
  toPort: 80,
  ...change,
});

const entry: fc.Arbitrary<NetworkAclEntry> = fc
  .record({
    egress: fc.boolean(),
    ruleNumber: fc.integer({ min: 1, max: 9 }),
    protocol: fc.constantFrom('6', '17', '-1'),
    action: fc.constantFrom('allow' as const, 'deny' as const),
    cidr: block,
    ports: fc.option(
      fc.tuple(
        fc.constantFrom(0, 79, 80, 81, 1023, 1024, 1025, 40_000),
        fc.constantFrom(80, 81, 1023, 1024, 50_000, 65_534, 65_535),
      ),
      { nil: undefined },
    ),
  })
  .filter(({ ports }) => ports === undefined || ports[0] <= ports[1])
  .map(({ ports, protocol, ...rest }) => ({
    ...rest,
    protocol,
    ...(ports !== undefined && protocol !== '-1' && { fromPort: ports[0], toPort: ports[1] }),
  }));

/** One number belongs to one entry for each direction, as in a real ACL. */
const entries = fc.uniqueArray(entry, {
  maxLength: 6,
  selector: ({ egress, ruleNumber }) => `${egress} ${ruleNumber}`,
});

/** First match, asked for each single port. */
function allows(all: NetworkAclEntry[], egress: boolean, peer: string): (port: number) => boolean {
  const about = all
    .filter(({ cidr = '', ...each }) => each.egress === egress && each.protocol !== '17' && members(cidr).has(peer))
    .toSorted((a, b) => a.ruleNumber - b.ruleNumber);
  return (port) =>
    about.find(
      ({ protocol, fromPort = 0, toPort = 65_535 }) => protocol === '-1' || (fromPort <= port && port <= toPort),
    )?.action === 'allow';
}

describe('network ACLs', () => {
  const acl = (id: string, subnetId: string, list: NetworkAclEntry[]) => ({
    id,
    vpcId: 'vpc-1',
    isDefault: false,
    subnetIds: [subnetId],
    entries: list,
  });

  test('let a connection pass exactly when each port of each passage may, asked one by one', () => {
    const replies = Array.from({ length: 65_535 - 1024 + 1 }, (_, index) => 1024 + index);
    fc.assert(
      fc.property(entries, entries, address, address, (ofSource, ofTarget, from, to) => {
        const port = 80;
        const passages = [
          allows(ofSource, true, to)(port),
          allows(ofTarget, false, from)(port),
          replies.every(allows(ofTarget, true, from)),
          replies.every(allows(ofSource, false, to)),
        ];
        const { decision, denial } = networkAclVerdict(
          { address: from, subnetId: 'subnet-a' },
          { address: to, subnetId: 'subnet-b' },
          tcp(port),
          [acl('acl-a', 'subnet-a', ofSource), acl('acl-b', 'subnet-b', ofTarget)],
        );
        expect(decision).toBe(passages.every(Boolean) ? 'allow' : 'deny');
        if (denial === undefined) return;
        const list = denial.aclId === 'acl-a' ? ofSource : ofTarget;
        expect(allows(list, denial.egress, denial.peer)(denial.fromPort)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test('have no say inside one subnet', () => {
    const closed = [acl('acl-a', 'subnet-a', [])];
    const inside = { address: '10.0.0.1', subnetId: 'subnet-a' };
    expect(networkAclVerdict(inside, { ...inside, address: '10.0.0.2' }, tcp(80), closed).decision).toBe('allow');
  });

  test('are unknown where one was not read', () => {
    const verdict = networkAclVerdict(
      { address: '10.0.0.1', subnetId: 'subnet-a' },
      { address: '10.0.0.9', subnetId: 'subnet-b' },
      tcp(80),
      [acl('acl-b', 'subnet-b', [])],
    );
    expect(verdict.decision).toBe('deny');
    expect(
      networkAclVerdict(
        { address: '10.0.0.1', subnetId: 'subnet-a' },
        { address: '10.0.0.9', subnetId: 'subnet-b' },
        tcp(80),
        [],
      ),
    ).toEqual({ decision: 'unknown', by: 'the network ACL of subnet-a was not read' });
  });

  test('judge IPv6 by its own entries', () => {
    const both = (allowed: Partial<NetworkAclEntry>) =>
      ['subnet-a', 'subnet-b'].map((subnetId) =>
        acl(
          `acl-${subnetId}`,
          subnetId,
          [true, false].map((egress) => ({
            egress,
            ruleNumber: 1,
            protocol: '-1',
            action: 'allow' as const,
            ...allowed,
          })),
        ),
      );
    const from = { address: '2001:db8::1', subnetId: 'subnet-a' };
    const to = { address: '2001:db8::2', subnetId: 'subnet-b' };
    expect(networkAclVerdict(from, to, tcp(80), both({ cidr: '0.0.0.0/0' })).decision).toBe('deny');
    expect(networkAclVerdict(from, to, tcp(80), both({ ipv6Cidr: '::/0' })).decision).toBe('allow');
    const last = both({ ipv6Cidr: '::/0', action: 'deny', ruleNumber: 32_768 });
    expect(networkAclVerdict(from, to, tcp(80), last).by).toBe(
      'acl-subnet-a of subnet-a: rule * denies TCP 80 outbound to 2001:db8::2',
    );
  });
});

describe('route tables', () => {
  test('choose the longest prefix', () => {
    const route = fc.record({
      destination: block,
      target: fc.constantFrom('local', 'tgw-1', 'pcx-1'),
      state: fc.constantFrom('active', 'blackhole'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(route, { maxLength: 5, selector: ({ destination }) => [...members(destination)].join() }),
        address,
        (routes, to) => {
          const table = { id: 'rtb-1', vpcId: 'vpc-1', main: true, subnetIds: [], routes };
          const found = routeTo(to, 'subnet-a', { routeTables: [table], prefixLists: [] });
          const [best] = routes
            .filter(({ destination }) => members(destination).has(to))
            .toSorted((a, b) => members(a.destination).size - members(b.destination).size);
          const kind =
            best === undefined
              ? 'none'
              : best.target === 'local'
                ? 'local'
                : best.state === 'active'
                  ? 'via'
                  : 'blackhole';
          expect(found.kind).toBe(kind);
        },
      ),
    );
  });

  test('fall back to the main table and say when none was read', () => {
    const main = { id: 'rtb-1', vpcId: 'vpc-1', main: true, subnetIds: [], routes: [] };
    const own = { ...main, id: 'rtb-2', main: false, subnetIds: ['subnet-a'] };
    const tables = { routeTables: [main, own], prefixLists: [] };
    expect(routeTo('10.1.0.1', 'subnet-a', tables)).toEqual({ kind: 'none', routeTableId: 'rtb-2' });
    expect(routeTo('10.1.0.1', 'subnet-b', tables)).toEqual({ kind: 'none', routeTableId: 'rtb-1' });
    expect(routeTo('10.1.0.1', 'subnet-b', { routeTables: [], prefixLists: [] }).kind).toBe('unknown');
  });

  test('follow prefix lists, and do not know where one was not read', () => {
    const table = {
      id: 'rtb-1',
      vpcId: 'vpc-1',
      main: true,
      subnetIds: [],
      routes: [{ destination: 'pl-1', target: 'tgw-1', state: 'active' }],
    };
    const find = (cidrs: string[] | undefined) =>
      routeTo('10.1.0.1', 'subnet-a', {
        routeTables: [table],
        prefixLists: cidrs === undefined ? undefined : [{ id: 'pl-1', cidrs }],
      }).kind;
    expect(find(['10.1.0.0/16'])).toBe('via');
    expect(find(['10.2.0.0/16'])).toBe('none');
    expect(find(undefined)).toBe('unknown');
  });

  test('do not take the default route where an unread prefix list may hold a better one', () => {
    const table = {
      id: 'rtb-1',
      vpcId: 'vpc-1',
      main: true,
      subnetIds: [],
      routes: [
        { destination: '10.0.0.0/16', target: 'local', state: 'active' },
        { destination: '0.0.0.0/0', target: 'nat-1', state: 'active' },
        { destination: 'pl-1', target: 'tgw-1', state: 'active' },
      ],
    };
    const find = (address: string, cidrs: string[] | undefined) =>
      routeTo(address, 'subnet-a', {
        routeTables: [table],
        prefixLists: cidrs === undefined ? undefined : [{ id: 'pl-1', cidrs }],
      });
    expect(find('10.1.0.1', undefined).kind).toBe('unknown');
    expect(find('10.1.0.1', ['10.1.0.0/16'])).toMatchObject({ kind: 'via', target: 'tgw-1' });
    expect(find('10.1.0.1', ['10.2.0.0/16'])).toMatchObject({ kind: 'via', target: 'nat-1' });
    expect(find('10.0.0.1', undefined).kind).toBe('local');
  });
});

describe('a connection path', () => {
  const allow = (egress: boolean): SecurityGroupRule =>
    open({ egress, protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' });
  const network = (change: Partial<Network> = {}): Network => ({
    networkInterfaces: [],
    securityGroups: [holding([allow(true)], 'sg-from'), holding([open({ referencedGroupId: 'sg-from' })], 'sg-to')],
    subnets: [
      {
        id: 'subnet-a',
        vpcId: 'vpc-1',
        zone: 'eu-west-1a',
        cidr: '10.0.0.0/29',
        ipv6Cidrs: [],
        availableIps: 3,
        tags: {},
      },
    ],
    networkAcls: [
      {
        id: 'acl-1',
        vpcId: 'vpc-1',
        isDefault: true,
        subnetIds: ['subnet-a', 'subnet-b'],
        entries: [true, false].map((egress) => ({
          egress,
          ruleNumber: 100,
          protocol: '-1',
          action: 'allow',
          cidr: '0.0.0.0/0',
        })),
      },
    ],
    routeTables: [],
    prefixLists: [],
    ...change,
  });
  const from = { address: '10.0.0.1', subnetId: 'subnet-a', securityGroupIds: ['sg-from'] };
  const to = { address: '10.0.0.9', subnetId: 'subnet-b', securityGroupIds: ['sg-to'] };

  test('is open when every gate is', () => {
    expect(evaluatePath(from, to, tcp(80), network()).decision).toBe('allow');
  });

  test.each([
    [
      'egress',
      { securityGroups: [holding([], 'sg-from'), holding([open({ referencedGroupId: 'sg-from' })], 'sg-to')] },
    ],
    ['ingress', { securityGroups: [holding([allow(true)], 'sg-from'), holding([], 'sg-to')] }],
    ['network ACL', { networkAcls: [{ ...(network().networkAcls?.[0] ?? fail()), entries: [] }] }],
  ])('is closed by %s alone, and says so', (gate, change) => {
    const way = evaluatePath(from, to, tcp(80), network(change));
    expect(way.decision).toBe('deny');
    expect(way.hops.filter(({ verdict }) => verdict.decision === 'deny').map((each) => each.kind)).toEqual([gate]);
  });

  test('is not closed by an ACL that denies one reply port of sixty thousand', () => {
    const [acl] = network().networkAcls ?? [];
    const remoteDesktop = [true, false].map((egress) => ({
      egress,
      ruleNumber: 90,
      protocol: '6',
      action: 'deny' as const,
      cidr: '0.0.0.0/0',
      fromPort: 3389,
      toPort: 3389,
    }));
    const hardened = network({ networkAcls: acl ? [{ ...acl, entries: [...remoteDesktop, ...acl.entries] }] : [] });
    expect(evaluatePath(from, to, tcp(80), hardened).decision).toBe('allow');
    expect(evaluatePath(from, to, tcp(3389), hardened).decision).toBe('deny');
  });

  test('needs no egress rule where the load balancer has no security groups, and then no reference admits it', () => {
    const bare = { ...from, securityGroupIds: [] };
    expect(evaluatePath(bare, to, tcp(80), network()).hops.map(({ verdict }) => verdict.decision)).toEqual([
      'allow',
      'allow',
      'allow',
      'deny',
    ]);
  });

  test('is unknown, not closed, where a security group was not read', () => {
    expect(evaluatePath(from, { ...to, securityGroupIds: ['sg-unread'] }, tcp(80), network())).toMatchObject({
      decision: 'unknown',
      by: 'sg-unread was not read',
    });
  });

  test('inside the VPC is not known where a route leads through an appliance', () => {
    const through = (destination: string, target: string) =>
      network({
        routeTables: [
          {
            id: 'rtb-1',
            vpcId: 'vpc-1',
            main: true,
            subnetIds: [],
            routes: [
              { destination: '10.0.0.0/24', target: 'local', state: 'active' },
              { destination, target, state: 'active' },
            ],
          },
        ],
      });
    expect(evaluatePath(from, to, tcp(80), through('10.0.0.8/29', 'vpce-0123456789abcdef0'))).toMatchObject({
      decision: 'unknown',
      by: 'vpce-0123456789abcdef0 takes what subnet-a sends to 10.0.0.8/29',
    });
    expect(evaluatePath(from, to, tcp(80), through('0.0.0.0/0', 'eni-0123456789abcdef0')).decision).toBe('allow');
  });

  test('out of the VPC needs a route', () => {
    const outside = { address: '192.168.0.1', securityGroupIds: [] };
    const routed = (state: string) =>
      network({
        routeTables: [
          {
            id: 'rtb-1',
            vpcId: 'vpc-1',
            main: true,
            subnetIds: [],
            routes: [{ destination: '192.168.0.0/16', target: 'tgw-1', state }],
          },
        ],
      });
    expect(evaluatePath(from, outside, tcp(80), routed('active')).decision).toBe('allow');
    expect(evaluatePath(from, outside, tcp(80), routed('blackhole')).decision).toBe('deny');
    expect(evaluatePath(from, outside, tcp(80), network({ routeTables: undefined })).decision).toBe('unknown');
  });

  test('out of the VPC does not lead through the Internet', () => {
    const table = {
      id: 'rtb-1',
      vpcId: 'vpc-1',
      main: true,
      subnetIds: [],
      routes: [{ destination: '0.0.0.0/0', target: 'nat-1', state: 'active' }],
    };
    const outside = { address: '192.168.0.1', securityGroupIds: [] };
    expect(evaluatePath(from, outside, tcp(80), network({ routeTables: [table] }))).toMatchObject({
      decision: 'deny',
      by: 'subnet-a has no route to 192.168.0.1 but the one to 0.0.0.0/0 through nat-1, out to the Internet',
    });
  });

  test('of the prober is that of its own place', () => {
    const vantage = { kind: 'vpc' as const, vpcId: 'vpc-1', subnetIds: ['subnet-a'], securityGroupIds: ['sg-from'] };
    expect(probePath(to, 80, vantage, network()).decision).toBe('allow');
    expect(probePath(to, 81, vantage, network()).decision).toBe('deny');
    expect(probePath(to, 80, { ...vantage, securityGroupIds: [] }, network()).decision).toBe('unknown');
    expect(probePath(to, 80, { kind: 'outside', note: 'a laptop' }, network()).decision).toBe('unknown');
    expect(probePath(to, 80, { ...vantage, subnetIds: ['subnet-a', 'subnet-x'] }, network()).decision).toBe('unknown');
  });

  test('of the prober to an IPv6 target starts at its IPv6 addresses', () => {
    const vantage = { kind: 'vpc' as const, vpcId: 'vpc-1', subnetIds: ['subnet-a'], securityGroupIds: ['sg-from'] };
    const target = { address: '2001:db8:0:b::9', subnetId: 'subnet-a', securityGroupIds: ['sg-to'] };
    const judge = (rule: Partial<SecurityGroupRule>, ipv6Cidrs = ['2001:db8:0:a::/64']) => {
      const base = network({
        securityGroups: [holding([{ ...allow(true), cidrIpv6: '::/0' }], 'sg-from'), holding([open(rule)], 'sg-to')],
      });
      return probePath(target, 80, vantage, {
        ...base,
        subnets: base.subnets.map((each) => ({ ...each, ipv6Cidrs })),
      });
    };
    expect(judge({ cidrIpv6: '2001:db8::/32' }).decision).toBe('allow');
    expect(judge({ cidrIpv4: '10.0.0.0/8' }).decision).toBe('deny');
    expect(judge({ cidrIpv6: '::/0' }, []).decision).toBe('unknown');
  });
});

const fail = (): never => {
  throw new Error('the sample network has no ACL');
};
