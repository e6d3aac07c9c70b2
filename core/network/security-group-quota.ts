import type { PrefixList, SecurityGroup } from '../model/aws.ts';
import { isIpv6 } from './address.ts';

/**
 * How much of the quota of inbound rules a security group uses at least, in the fuller of the two address families: a reference
 * to a group counts as one rule in both, a prefix list in its own as the most entries that it may hold, which are at least those
 * that it has. Source: VPC user guide, "Amazon VPC quotas".
 */
export function inboundWeight({ rules }: SecurityGroup, prefixLists: PrefixList[]): number {
  const sources = rules
    .filter(({ egress }) => !egress)
    .map(({ cidrIpv4, cidrIpv6, prefixListId }) => {
      const cidr = cidrIpv4 ?? cidrIpv6;
      return cidr === undefined ? prefixLists.find(({ id }) => id === prefixListId)?.cidrs : [cidr];
    });
  const [ipv4 = 0, ipv6 = 0] = [false, true].map((family) =>
    sources
      .map((cidrs) => (cidrs === undefined ? 1 : cidrs.filter((cidr) => isIpv6(cidr) === family).length))
      .reduce((sum, weight) => sum + weight, 0),
  );
  return Math.max(ipv4, ipv6);
}
