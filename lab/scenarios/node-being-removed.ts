import { scenario } from '../scenario.ts';
import { minute } from '../world/moment.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** It ran no pod of the Service, so the node was not needed; cloud-provider-aws has not deregistered it yet. */
export const nodeBeingRemoved = scenario({
  id: 'node-being-removed',
  title: 'The Cluster Autoscaler ends an instance that nobody needs',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place, workload: { replicas: 2 }, service: { controller: 'ccm' } });
  },
  strike(world, cluster, place) {
    const node = tenantNodes(cluster, place).at(-1);
    if (node === undefined) return;
    const taintedAt = Date.parse(world.now) / 1000 - 3 * minute;
    node.spec.taints = [
      { key: 'ToBeDeletedByClusterAutoscaler', value: String(Math.round(taintedAt)), effect: 'NoSchedule' },
    ];
    for (const instance of world.instances) {
      if (instance.id === instanceIdOf(node)) instance.state = 'shutting-down';
    }
  },
  expect: { verdict: 'expected', cause: 'node-being-removed', targets: { healthy: 2, unhealthy: 1 } },
});
