import { AssociateSubnetCidrBlockCommand, AssociateVpcCidrBlockCommand } from '@aws-sdk/client-ec2';
import { clusterOf } from '../../../../../lab/world/cluster.ts';
import { objectsOf } from '../../../../../lab/world/object.ts';
import type { World } from '../../../../../lab/world/world.ts';
import type { LiveCluster } from '../../live-cluster.ts';
import { controlledWorld } from '../controlled-world.ts';

/** Label `pool` of the nodes, in their order. */
const pools = ['a', 'b', 'c'];
const network = '2001:db8:1234';

/** The world in which is recorded: nodes with a label each, and pods with an address of either family. */
export function recordedWorld(now: string): World {
  const world = controlledWorld(now);
  const cluster = clusterOf(world, 'shop');
  for (const [index, { metadata }] of objectsOf(cluster, 'Node').entries())
    metadata.labels['pool'] = pools[index] ?? '';
  for (const [index, { status, spec }] of objectsOf(cluster, 'Pod').entries())
    if (status.podIP !== undefined && spec.hostNetwork !== true)
      status.podIPs = [{ ip: status.podIP }, { ip: `${network}::${index + 1}` }];
  return world;
}

/** Gives the account's network IPv6 beside IPv4. */
export async function addIpv6(live: LiveCluster, { vpcs, subnets }: World): Promise<void> {
  const VpcId = live.names.get(vpcs[0]?.id ?? '');
  await live.ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }));
  for (const [index, { id }] of subnets.entries()) {
    const Ipv6CidrBlock = `${network}:${index}::/64`;
    await live.ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId: live.names.get(id), Ipv6CidrBlock }));
  }
}
