import { scenario } from '../scenario.ts';
import { before, minute } from '../world/moment.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** A security agent on one node flushes the IP rules of the VPC CNI; the node monitoring agent has seen it. */
export const nodeCniDataplaneBroken = scenario({
  id: 'node-cni-dataplane-broken',
  title: 'The IP rules of one node are gone, and nothing on it answers from the network',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
  },
  strike(world, cluster, place) {
    const [node] = tenantNodes(cluster, place);
    if (node === undefined) throw new Error('the tenant has no node');
    // What reaches the host is not answered, as with a full connection table.
    cluster.exhaustedNodes = [node.metadata.name];
    node.status.conditions.push({
      type: 'NetworkingReady',
      status: 'False',
      reason: 'MissingIPRules',
      message: 'IP rules of pods are missing on the node',
      lastHeartbeatTime: before(world.now, minute),
      lastTransitionTime: before(world.now, 10 * minute),
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'node-cni-dataplane-broken',
    targets: { healthy: 2, unhealthy: 1 },
  },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
