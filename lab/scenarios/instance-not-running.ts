import { stopInstance } from '../faults/lose-node.ts';
import { scenario } from '../scenario.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** cloud-provider-aws leaves it registered as long as its Node object is there. */
export const instanceNotRunning = scenario({
  id: 'instance-not-running',
  title: 'Somebody stopped the instance of a node',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place, service: { controller: 'ccm' } });
  },
  strike(world, cluster, place) {
    const [node] = tenantNodes(cluster, place);
    if (node) stopInstance(world, cluster, node);
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'instance-not-running',
    mechanisms: ['node-not-ready'],
    targets: { healthy: 2, unused: 1 },
  },
});
