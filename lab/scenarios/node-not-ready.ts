import { hangNode } from '../faults/lose-node.ts';
import { scenario } from '../scenario.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** cloud-provider-aws leaves it registered, and the eviction of its pods is still to come. */
export const nodeNotReady = scenario({
  id: 'node-not-ready',
  title: 'The machine under one node hangs',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place, service: { controller: 'ccm' } });
  },
  strike(world, cluster, place) {
    const [, node] = tenantNodes(cluster, place);
    if (node) hangNode(world, cluster, node);
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'node-not-ready',
    mechanisms: ['kube-proxy-down'],
    targets: { healthy: 2, unhealthy: 1 },
  },
});
