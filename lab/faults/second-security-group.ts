import type { World, WorldCluster } from '../world/world.ts';

/** Nodes get the security group of the cluster beside their own. */
export function addClusterGroupToNodes({ networkInterfaces }: World, { cluster }: WorldCluster): void {
  const { clusterSecurityGroupId } = cluster;
  for (const { instanceId, securityGroups } of networkInterfaces) {
    if (instanceId !== undefined && clusterSecurityGroupId !== undefined) securityGroups.push(clusterSecurityGroupId);
  }
}
