import type { LoadBalancer, TargetGroup } from '../../core/model/aws.ts';
import { objectsOf } from '../world/object.ts';
import type { World } from '../world/world.ts';

/** A client on the Internet, of a range that no network has (RFC 5737). */
export const onTheInternet = '198.51.100.7';

/**
 * The address that packets of clients bear at the targets of the group: that of a client where its address is preserved, else undefined,
 * for that of the load balancer (elb-network-load-balancers-user-guide, "Client IP preservation"). Clients are those for whom the
 * Service or the security groups of the load balancer are meant, else those of the VPC, or of the Internet where it faces that.
 */
export function clientAddress(world: World, balancer: LoadBalancer, group: TargetGroup): string | undefined {
  if (group.attributes['preserve_client_ip.enabled'] !== 'true' || group.ipAddressType === 'ipv6') return undefined;
  const [range] = [...sourceRanges(world, balancer), ...admittedRanges(world, balancer)];
  if (range !== undefined) return firstIn(range);
  return balancer.scheme === 'internet-facing' ? onTheInternet : firstIn(world.vpcs[0]?.cidrs[0] ?? '');
}

const sourceRanges = ({ clusters }: World, { dnsName }: LoadBalancer): string[] =>
  clusters
    .flatMap((cluster) => objectsOf(cluster, 'Service'))
    .filter(({ status }) => status.loadBalancer?.ingress?.some(({ hostname }) => hostname === dnsName))
    .flatMap(({ spec }) => spec.loadBalancerSourceRanges ?? []);

/** Where its security groups let in no one but these. */
function admittedRanges({ securityGroups }: World, balancer: LoadBalancer): string[] {
  const ranges = securityGroups
    .filter(({ id }) => balancer.securityGroups.includes(id))
    .flatMap(({ rules }) => rules)
    .flatMap(({ egress, cidrIpv4 }) => (egress ? [] : (cidrIpv4 ?? [])));
  return ranges.includes('0.0.0.0/0') ? [] : ranges;
}

/** An address of the block that is no network address: its last octet is 7. */
const firstIn = (cidr: string): string => (cidr.split('/')[0] ?? '').replace(/\.\d+$/, '.7');
