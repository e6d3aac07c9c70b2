import { scenario } from '../scenario.ts';
import { recordEvent } from '../world/event.ts';
import { hour, minute } from '../world/moment.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** The controller took the node out at once; its pods have to stay, since the budget allows no eviction. */
export const localPodsOnLeavingNodes = scenario({
  id: 'local-pods-on-leaving-nodes',
  title: 'Karpenter wants to replace the only node that runs pods, and a PodDisruptionBudget keeps it for hours',
  arrange(world, cluster, place) {
    addTenant(world, cluster, {
      place,
      workload: { replicas: 2, nodes: [0] },
      service: { targetType: 'instance', externalTrafficPolicy: 'Local' },
    });
  },
  strike(world, cluster, place) {
    const [node] = tenantNodes(cluster, place);
    if (node === undefined) return;
    node.spec.taints = [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }];
    recordEvent(world, cluster, {
      about: node,
      type: 'Normal',
      reason: 'DisruptionBlocked',
      message: `Cannot disrupt Node: PDB prevents pod evictions (PodDisruptionBudget=[${place.namespace}/${place.name}])`,
      component: 'karpenter',
      ageSeconds: 5 * minute,
      lastingSeconds: 5 * hour,
      count: 30,
    });
  },
  expect: { verdict: 'unhealthy', cause: 'local-pods-on-leaving-nodes', targets: { draining: 1, unhealthy: 2 } },
});
