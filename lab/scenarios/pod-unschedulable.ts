import { replacePods } from '../faults/scale.ts';
import { leaveUnscheduled } from '../faults/stall.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The new version asks for more memory than any node has, and the strategy took the old pods away first. */
export const podUnschedulable = scenario({
  id: 'pod-unschedulable',
  title: 'No node has room for the new pods',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    replacePods(world, cluster, deployment);
    for (const pod of podsOf(cluster, deployment)) {
      leaveUnscheduled(world, cluster, {
        pod,
        message:
          '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
      });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-unschedulable', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 3 } } },
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
