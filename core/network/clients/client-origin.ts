import type { EndpointService, LoadBalancer, Vpc } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import { contains, isIpv6 } from '../address.ts';

/** Ranges from which no client on the Internet comes (RFC 1918, RFC 6598, RFC 4193). */
export const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

export const isPrivate = (cidr: string): boolean => isWithin(cidr, privateRanges);

/** The addresses that clients may have: of one family, but for those of some ranges. */
export interface ClientOrigin {
  bits: 32 | 128;
  without: readonly string[];
}

/** True for an address that a client can have, and for a range with such an address. */
export const isOrigin = (cidr: string, { bits, without }: ClientOrigin): boolean =>
  isIpv6(cidr) === (bits === 128) && !isWithin(cidr, without);

const isWithin = (cidr: string, ranges: readonly string[]): boolean => ranges.some((range) => contains(range, cidr));

/** Where the clients of a load balancer come from, once for each of its families: from the Internet, if it faces that. */
export const originsOf = (loadBalancer: LoadBalancer, vpcs: Vpc[] | undefined): ClientOrigin[] =>
  (loadBalancer.ipAddressType === 'ipv4' ? ([32] as const) : ([32, 128] as const)).map((bits) => ({
    bits,
    without: notOnTheInternet(loadBalancer, vpcs),
  }));

/** Ranges of which no client is that comes by the public addresses of an internet-facing load balancer; none of an internal one. */
export function notOnTheInternet({ scheme, vpcId }: LoadBalancer, vpcs: Vpc[] | undefined): string[] {
  if (scheme !== 'internet-facing') return [];
  const { cidrs = [], ipv6Cidrs = [] } = withId(vpcs ?? [], vpcId) ?? {};
  return [...privateRanges, ...cidrs, ...ipv6Cidrs];
}

/** True where consumers of an endpoint service come by PrivateLink, past what filters clients; undefined where that was not read. */
export const servesPrivateLink = (
  { arn }: LoadBalancer,
  services: EndpointService[] | undefined,
): boolean | undefined =>
  services?.some(({ state, loadBalancerArns }) => state === 'Available' && loadBalancerArns.includes(arn));
