import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { nodesOf } from '../../network/load-balancer-nodes.ts';

type Places = Pick<Slices, 'networkInterfaces' | 'subnets'>;

/** The addresses that the health checks of a group come from, in its family; none of nodes whose interface is not seen. */
export function checkSources(group: TargetGroupContext, { networkInterfaces, subnets }: Places): string[] {
  const { loadBalancer, targetGroup } = group;
  if (loadBalancer === undefined) return [];
  return nodesOf(loadBalancer, networkInterfaces, subnets)
    .flatMap(({ address, ipv6Address }) => (targetGroup.ipAddressType === 'ipv6' ? (ipv6Address ?? []) : address))
    .filter((address) => !address.includes('/'));
}
