import { scenario } from '../scenario.ts';
import { addNodeGroup, targetNodeLabels } from '../world/network/node-group.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The quota is five instead of a thousand, so that the lab stays small; RegisterTargets is refused as a whole. */
export const targetOrListenerQuota = scenario({
  id: 'target-or-listener-quota',
  title: 'The cluster has more nodes than a target group may hold',
  arrange(world, cluster, place) {
    world.targetsPerTargetGroup = 5;
    addNodeGroup(world, cluster, { name: 'burst' });
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      healthCheck: { timeout: '2' },
      annotations: { [targetNodeLabels]: 'kubernetes.io/os=linux' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'target-or-listener-quota', targets: {} },
});
