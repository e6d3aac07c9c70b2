import type { NetworkAcl, NetworkInterface, PrefixList, RouteTable, SecurityGroup } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';
import type { Node } from '../model/kubernetes.ts';
import { inboundAclVerdict } from './acls/network-acls.ts';
import { isIpv6 } from './address.ts';
import { routeTo } from './route-tables.ts';
import { covers } from './security-groups.ts';

/** A rule by which any address of the internet reaches a port of a node, and the public address where it does. */
export interface Exposure {
  publicAddress: string;
  securityGroupId: string;
  ruleId: string;
  cidr: string;
}

interface Surroundings {
  securityGroups: SecurityGroup[];
  routeTables: RouteTable[];
  networkAcls: NetworkAcl[];
  prefixLists: PrefixList[] | undefined;
}

/** An address of each family that stands for the internet (RFC 5737, RFC 3849). */
const somewhere = { ipv4: '192.0.2.1', ipv6: '2001:db8::1' };

/**
 * How the internet reaches a port of a node: a public address, a default route through an internet gateway, and a rule of a
 * security group and a network ACL that admit every address. `undefined` where one of them is missing or not known.
 */
export function exposureOf(
  node: Node,
  port: { number: number; protocol: 'tcp' | 'udp'; ipFamilies: string[] },
  { own, ...around }: Surroundings & { own: NetworkInterface },
): Exposure | undefined {
  const external = node.status.addresses.find(({ type, address }) => type === 'ExternalIP' && !isIpv6(address));
  const doors = [
    { family: 'IPv4', publicAddress: external?.address, cidr: '0.0.0.0/0', sample: somewhere.ipv4 },
    { family: 'IPv6', publicAddress: own.ipv6Addresses[0], cidr: '::/0', sample: somewhere.ipv6 },
  ].filter(({ family }) => port.ipFamilies.includes(family));
  for (const { publicAddress, cidr, sample } of doors) {
    if (publicAddress === undefined) continue;
    const route = routeTo(sample, own.subnetId, around);
    if (route.kind !== 'via' || !route.target.startsWith('igw-')) continue;
    const packet = { subnetId: own.subnetId, address: cidr, protocol: port.protocol, port: port.number };
    if (inboundAclVerdict(packet, around.networkAcls).decision !== 'allow') continue;
    const admitting = own.securityGroups.flatMap((id) => {
      const rules = withId(around.securityGroups, id)?.rules ?? [];
      const rule = rules.find(
        (each) =>
          (each.cidrIpv4 === cidr || each.cidrIpv6 === cidr) &&
          covers(each, { direction: 'ingress', protocol: port.protocol, port: port.number }),
      );
      return rule === undefined ? [] : [{ publicAddress, securityGroupId: id, ruleId: rule.id, cidr }];
    });
    if (admitting[0] !== undefined) return admitting[0];
  }
  return undefined;
}
