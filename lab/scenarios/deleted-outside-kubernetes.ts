import { deleteLoadBalancer, deleteTargetGroups } from '../faults/delete-load-balancer.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Somebody cleaned up load balancers that looked unused. */
export const deletedOutsideKubernetes = scenario({
  id: 'deleted-outside-kubernetes',
  title: 'The load balancer and its target group were deleted in the console, and the Service still names them',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    deleteLoadBalancer(world, cluster, place);
    deleteTargetGroups(world, own);
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'deleted-outside-kubernetes', targets: {} },
  variants: {
    ip: { place: { targetType: 'ip' } },
    ccm: { place: { controller: 'ccm' } },
    auto: { place: { controller: 'auto', targetType: 'ip' } },
  },
});
