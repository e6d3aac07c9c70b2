import { deleteTargetGroups } from '../faults/delete-load-balancer.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** The load balancer stays, with nothing behind it. */
export const targetGroupDeleted = scenario({
  id: 'target-group-deleted',
  title: 'The only listener and its target group were deleted by hand, and the load balancer is left',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    deleteTargetGroups(world, targetGroupArnsOf(world, cluster, place));
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'deleted-outside-kubernetes', targets: {} },
});
