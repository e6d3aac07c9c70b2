import { scenario } from '../scenario.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** Somebody wrote it to include the nodes; to the AWS Load Balancer Controller the label counts whatever its value. */
export const nodeExcludedByLabel = scenario({
  id: 'node-excluded-by-label',
  title: 'The nodes carry the label that excludes them from load balancers, with the value false',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
    for (const { metadata } of tenantNodes(cluster, place)) {
      metadata.labels['node.kubernetes.io/exclude-from-external-load-balancers'] = 'false';
    }
  },
  expect: { verdict: 'unhealthy', cause: 'node-excluded-by-label', targets: {} },
});
