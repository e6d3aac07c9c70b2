import { scenario } from '../scenario.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** Nothing reports it: the node monitoring agent is not installed. */
export const packetLossOnNode = scenario({
  id: 'packet-loss-on-node',
  title: 'The connection table of one node is full, and most first packets are lost there',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
  },
  strike(_world, cluster, place) {
    const [node] = tenantNodes(cluster, place);
    if (node === undefined) throw new Error('the tenant has no node');
    cluster.lossyNodes = [node.metadata.name];
  },
  expect: { verdict: 'unhealthy', cause: 'packet-loss-on-node', targets: { healthy: 2, unhealthy: 1 } },
});
