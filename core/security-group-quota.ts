import type { PrefixList, SecurityGroup } from './aws.ts';

/**
 * How much of the quota of inbound rules a security group uses, in the fuller of the two address families: a reference to a
 * group counts as one rule in both, a prefix list as its entries. Source: VPC user guide, "Amazon VPC quotas".
 */
export function inboundWeight({ rules }: SecurityGroup, prefixLists: PrefixList[]): number {
  const inbound = rules.filter(({ egress }) => !egress);
  const shared = inbound
    .map(({ referencedGroupId, prefixListId }) => {
      if (prefixListId !== undefined) return prefixLists.find(({ id }) => id === prefixListId)?.cidrs.length ?? 1;
      return referencedGroupId === undefined ? 0 : 1;
    })
    .reduce((sum, weight) => sum + weight, 0);
  const ipv4 = inbound.filter(({ cidrIpv4 }) => cidrIpv4 !== undefined).length;
  const ipv6 = inbound.filter(({ cidrIpv6 }) => cidrIpv6 !== undefined).length;
  return shared + Math.max(ipv4, ipv6);
}
