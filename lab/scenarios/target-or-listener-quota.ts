import { addNodeGroup, targetNodeLabels } from '../node-group.ts';
import { scenario } from '../scenario.ts';
import { addService } from '../service.ts';
import { addWorkload } from '../workload.ts';

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
