import { expect, test } from 'vitest';
import { targetSgBlocksTrafficPort } from '../../core/checks/network/target-sg-blocks-traffic-port.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { rule, sampleFacts, useBothProtocols } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

const balancerGroup = 'sg-0000000000000000b';
const all = ['i-0aaaaaaaaaaaaaa00', 'i-0aaaaaaaaaaaaaa01', 'i-0aaaaaaaaaaaaaa02'];
const pods = ['10.0.0.100', '10.0.1.100'];

interface World {
  rules: Parameters<typeof rule>[0][];
  targetType?: 'instance' | 'ip';
  preserves?: boolean;
  change?: (facts: Facts) => void;
}

/** Healthy targets whose health check goes to port 32080, with these inbound rules of their own security group. */
const behind =
  ({ rules, targetType = 'instance', preserves, change }: World) =>
  (): Facts => {
    const facts = sampleFacts({ targetType });
    const { slices } = facts;
    for (const target of slices.targetHealth) Object.assign(target, { healthCheckPort: 32_080, state: 'healthy' });
    for (const group of slices.targetGroups) {
      if (preserves !== undefined) group.attributes['preserve_client_ip.enabled'] = String(preserves);
    }
    const own = slices.securityGroups.find(({ name }) => name === 'nodes');
    if (own !== undefined) own.rules = rules.map(rule);
    change?.(facts);
    return facts;
  };

const check = { fromPort: 32_080, toPort: 32_080, referencedGroupId: balancerGroup };
const nodePort = { fromPort: 31_080, toPort: 31_080 };
const podPort = { fromPort: 8080, toPort: 8080 };

const withoutGroups = ({ slices }: Facts): void => {
  for (const balancer of slices.loadBalancers) balancer.securityGroups = [];
};
const speaking = (protocol: string) => (facts: Facts) => {
  for (const group of facts.slices.targetGroups) group.protocol = protocol;
};
const crossing =
  (value: boolean, change: (facts: Facts) => void) =>
  (facts: Facts): void => {
    for (const balancer of facts.slices.loadBalancers)
      balancer.attributes['load_balancing.cross_zone.enabled'] = String(value);
    change(facts);
  };
/** The network ACL of the first subnet, in which a load balancer node and a target are, denies one port from elsewhere. */
const denying =
  (port: number) =>
  ({ slices }: Facts): void => {
    const [acl] = slices.networkAcls;
    if (acl === undefined) return;
    acl.subnetIds = acl.subnetIds.slice(1);
    const closed = { egress: false, ruleNumber: 1, protocol: '6', action: 'deny' as const, cidr: '0.0.0.0/0' };
    slices.networkAcls.push({
      ...acl,
      id: 'acl-closed',
      subnetIds: ['subnet-0aaaaaaaaaaaaaa00'],
      entries: [{ ...closed, fromPort: port, toPort: port }, ...acl.entries],
    });
  };

/** An internet-facing load balancer, of which health checks go to the port of clients. */
const facingInternet = ({ slices }: Facts): void => {
  for (const balancer of slices.loadBalancers)
    Object.assign(balancer, { scheme: 'internet-facing', securityGroups: [] });
  for (const target of slices.targetHealth) target.healthCheckPort = target.port;
};
/** The network ACL of every subnet lets answers out to the VPC alone. */
const answeringVpc = ({ slices }: Facts): void => {
  for (const acl of slices.networkAcls)
    Object.assign(acl, {
      id: 'acl-targets',
      entries: acl.entries.map((entry) => (entry.egress ? { ...entry, cidr: '10.0.0.0/16' } : entry)),
    });
};

testCheck(targetSgBlocksTrafficPort, {
  found: [
    {
      name: 'the health check port alone, addresses of clients preserved',
      facts: behind({ rules: [check], preserves: true }),
      targets: all,
      confidence: 'confirmed',
      saw: /TCP 31080 from any client: .*no ingress rule for TCP 31080.*the health check passes on TCP 32080/,
      values: { securityGroup: 'sg-0000000000000000a', port: 31_080 },
    },
    {
      name: 'the health check port alone, nothing known of preservation',
      facts: behind({ rules: [check] }),
      targets: all,
      confidence: 'confirmed',
      saw: /no ingress rule for TCP 31080/,
    },
    {
      name: 'ip targets that see the load balancer',
      facts: behind({ rules: [check], targetType: 'ip', preserves: false }),
      targets: pods,
      confidence: 'confirmed',
      saw: /TCP 8080 from the load balancer: .*no ingress rule for TCP 8080/,
    },
    {
      name: 'the port is open for another security group, such as that of the nodes',
      facts: behind({ rules: [check, { ...nodePort, referencedGroupId: 'sg-0000000000000000a' }], preserves: true }),
      targets: all,
      confidence: 'confirmed',
      saw: /no ingress rule for TCP 31080/,
    },
    {
      name: 'the port is open for clients, whose addresses are not preserved',
      facts: behind({
        rules: [check, { ...podPort, cidrIpv4: '192.0.2.0/24' }],
        targetType: 'ip',
        preserves: false,
      }),
      targets: pods,
      confidence: 'confirmed',
      saw: /no ingress rule for TCP 8080/,
    },
    {
      name: 'a load balancer without security groups',
      facts: behind({
        rules: [{ fromPort: 32_080, toPort: 32_080, cidrIpv4: '10.0.0.0/16' }],
        preserves: true,
        change: withoutGroups,
      }),
      targets: all,
      confidence: 'confirmed',
      saw: /no ingress rule for TCP 31080/,
      values: {
        permission: '[{"IpProtocol":"tcp","FromPort":31080,"ToPort":31080,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]',
      },
    },
    {
      name: 'UDP is closed, its check over TCP on the same port passes',
      facts: behind({
        rules: [{ ...nodePort, referencedGroupId: balancerGroup }],
        change: (facts) => {
          speaking('UDP')(facts);
          for (const target of facts.slices.targetHealth) target.healthCheckPort = 31_080;
        },
      }),
      targets: all,
      confidence: 'confirmed',
      saw: /UDP 31080 from any client: .*no ingress rule for UDP 31080/,
    },
    {
      name: 'one of two protocols',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, referencedGroupId: balancerGroup }],
        change: speaking('TCP_UDP'),
      }),
      targets: all,
      confidence: 'probable',
      saw: /no ingress rule for UDP 31080/,
    },
    {
      name: 'UDP, while the Service has a port of each protocol',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, referencedGroupId: balancerGroup }],
        change: useBothProtocols,
      }),
      targets: all,
      confidence: 'confirmed',
      saw: /no ingress rule for UDP 31080/,
    },
    {
      name: 'both protocols, of a group that no Service explains',
      facts: behind({
        rules: [{ fromPort: 32_080, toPort: 32_080, referencedGroupId: balancerGroup }],
        change: speaking('TCP_UDP'),
      }),
      targets: [...all, ...all].toSorted(),
      confidence: 'confirmed',
      saw: /no ingress rule for TCP 31080/,
    },
    {
      name: 'the load balancer may not send to the traffic port',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, referencedGroupId: balancerGroup }],
        preserves: true,
        change: ({ slices }) => {
          const own = slices.securityGroups.find(({ id }) => id === balancerGroup);
          if (own !== undefined)
            own.rules = own.rules.map((each) =>
              each.egress ? { ...each, protocol: 'tcp', fromPort: 32_080, toPort: 32_080 } : each,
            );
        },
      }),
      targets: all,
      confidence: 'confirmed',
      saw: /no egress rule for TCP 31080/,
      values: { balancerGroup },
    },
    {
      name: 'a network ACL before one target, and zones that send to all targets',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, referencedGroupId: balancerGroup }],
        targetType: 'ip',
        preserves: false,
        change: crossing(true, denying(8080)),
      }),
      targets: ['10.0.0.100'],
      confidence: 'confirmed',
      saw: /some zones of the load balancer: acl-closed .* denies TCP 8080/,
    },
    {
      name: 'a network ACL before one target, and it is not known which zones send to it',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, referencedGroupId: balancerGroup }],
        targetType: 'ip',
        preserves: false,
        change: denying(8080),
      }),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: /acl-closed .* denies TCP 8080/,
    },
    {
      name: 'private addresses alone, though the health check passes on the same port: clients on the Internet come with their own',
      facts: behind({ rules: [{ ...nodePort, cidrIpv4: '10.0.0.0/16' }], preserves: true, change: facingInternet }),
      targets: all,
      confidence: 'confirmed',
      saw: /ingress rules for TCP 31080 admit 10\.0\.0\.0\/16, and no address of the Internet/,
    },
    {
      name: 'a network ACL that lets no answer out to clients, though the health check passes on the same port',
      facts: behind({
        rules: [{ ...nodePort, cidrIpv4: '0.0.0.0/0' }],
        preserves: true,
        change: (facts) => {
          facingInternet(facts);
          answeringVpc(facts);
        },
      }),
      targets: all,
      confidence: 'probable',
      saw: /acl-targets .*rule \* denies TCP 32768-65535 outbound/,
    },
    {
      name: 'a network ACL in front of the targets that lets answers out to the ports of Windows alone',
      facts: behind({
        rules: [{ ...nodePort, cidrIpv4: '0.0.0.0/0' }],
        preserves: true,
        change: (facts) => {
          facingInternet(facts);
          answeringVpc(facts);
          for (const { entries } of facts.slices.networkAcls)
            entries.push({
              egress: true,
              ruleNumber: 90,
              protocol: '6',
              action: 'allow',
              cidr: '0.0.0.0/0',
              fromPort: 49_152,
              toPort: 65_535,
            });
        },
      }),
      targets: all,
      confidence: 'probable',
      saw: /^TCP 31080: acl-targets .*denies TCP 32768-49151 outbound to 0\.0\.0\.0\/0; clients that connect from these ports get no answer$/m,
    },
    {
      name: 'a network ACL that denies datagrams, from every zone',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, protocol: '-1', cidrIpv4: '0.0.0.0/0' }],
        change: (facts) => {
          speaking('UDP')(facts);
          for (const { entries } of facts.slices.networkAcls)
            entries.unshift({ egress: false, ruleNumber: 1, protocol: '17', action: 'deny', cidr: '0.0.0.0/0' });
        },
      }),
      targets: all,
      confidence: 'probable',
      saw: /rule 1 denies UDP 31080 inbound/,
    },
    {
      name: 'target groups that no Service owns',
      facts: behind({
        rules: [check],
        change: (facts) => {
          facts.owners = [];
        },
      }),
      targets: all,
      confidence: 'confirmed',
      saw: /no ingress rule for TCP 31080/,
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: sampleFacts },
    {
      name: 'private addresses, of an internal load balancer',
      facts: behind({ rules: [check, { ...nodePort, cidrIpv4: '10.0.0.0/16' }], preserves: true }),
    },
    {
      name: 'private addresses, while addresses of clients are not preserved',
      facts: behind({ rules: [{ ...nodePort, cidrIpv4: '10.0.0.0/16' }], preserves: false, change: facingInternet }),
    },
    { name: 'a narrow range of clients', facts: behind({ rules: [check, { ...nodePort, cidrIpv4: '192.0.2.7/32' }] }) },
    {
      name: 'a prefix list that was not read',
      facts: behind({ rules: [check, { ...nodePort, prefixListId: 'pl-1' }] }),
    },
    {
      name: 'the security group of the load balancer, whatever the addresses of clients',
      facts: behind({ rules: [check, { ...nodePort, referencedGroupId: balancerGroup }], preserves: true }),
    },
    {
      name: 'the addresses of the load balancer',
      facts: behind({ rules: [check, { ...podPort, cidrIpv4: '10.0.0.0/16' }], targetType: 'ip', preserves: false }),
    },
    {
      name: 'a health check on the traffic port that passes, though no rule is seen',
      facts: behind({
        rules: [],
        change: ({ slices }) => {
          for (const target of slices.targetHealth) target.healthCheckPort = target.port;
        },
      }),
    },
    {
      name: 'a network ACL that only denies what comes from other zones, which send nothing',
      facts: behind({
        rules: [{ fromPort: 0, toPort: 65_535, referencedGroupId: balancerGroup }],
        targetType: 'ip',
        preserves: false,
        change: crossing(false, denying(8080)),
      }),
    },
    {
      name: 'targets that are not healthy',
      facts: behind({
        rules: [check],
        change: ({ slices }) => {
          for (const target of slices.targetHealth) target.state = 'unhealthy';
        },
      }),
    },
    {
      name: 'a listener of weight 0',
      facts: behind({
        rules: [check],
        change: ({ slices }) => {
          for (const listener of slices.listeners)
            listener.forwards = listener.forwards.map((forward) => ({ ...forward, weight: 0 }));
        },
      }),
    },
  ],
});

test('it is unknown where a security group of the target was not read', () => {
  const facts = behind({ rules: [check] })();
  facts.slices.securityGroups = facts.slices.securityGroups.filter(({ name }) => name !== 'nodes');
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no group');
  const [finding] = examine(group, facts, [targetSgBlocksTrafficPort]);
  expect(finding).toMatchObject({ outcome: 'unknown', gaps: [{ message: expect.stringMatching(/31080 of i-0a/) }] });
});
