import { scenario } from '../scenario.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** Elastic Load Balancing refuses all of them, and the target group stays empty. */
export const targetNotSupportedByNlb = scenario({
  id: 'target-not-supported-by-nlb',
  title: 'The nodes are of an instance type that no Network Load Balancer takes',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
    for (const node of tenantNodes(cluster, place)) {
      node.metadata.labels['node.kubernetes.io/instance-type'] = 'm3.large';
      for (const instance of world.instances) if (instance.id === instanceIdOf(node)) instance.type = 'm3.large';
    }
  },
  expect: { verdict: 'unhealthy', cause: 'target-not-supported-by-nlb', targets: {} },
});
