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

const externalAddressOf = ({ status }: Node): string | undefined =>
  status.addresses.find(({ type, address }) => type === 'ExternalIP' && !isIpv6(address))?.address;

/** True of a node that the internet cannot reach by IPv4. */
export const isWithoutExternalAddress = (node: Node): boolean => externalAddressOf(node) === undefined;

/** The families of addresses: every address of one, one that stands for the internet (RFC 5737, RFC 3849), and where a node has a public one. */
const families = [
  {
    family: 'IPv4',
    cidr: '0.0.0.0/0',
    sample: '192.0.2.1',
    publicAddressOf: (node: Node, _: NetworkInterface) => externalAddressOf(node),
  },
  {
    family: 'IPv6',
    cidr: '::/0',
    sample: '2001:db8::1',
    publicAddressOf: (_: Node, { ipv6Addresses }: NetworkInterface) => ipv6Addresses[0],
  },
];

/**
 * How the internet reaches a port of a node: a public address, a default route through an internet gateway, and a rule of a
 * security group and a network ACL that admit every address. `undefined` where one of them is missing or not known.
 */
export function exposureOf(
  node: Node,
  port: { number: number; protocol: 'tcp' | 'udp'; ipFamilies: string[] },
  around: Surroundings & { own: NetworkInterface },
): Exposure | undefined {
  const { own } = around;
  for (const { family, cidr, sample, publicAddressOf } of families) {
    const publicAddress = port.ipFamilies.includes(family) ? publicAddressOf(node, own) : undefined;
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
