import { deleteLoadBalancer, deleteTargetGroups } from '../faults/delete-load-balancer.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** A script deleted what AWS had, and cleared the status so that nobody would connect. Hours later the events are gone too. */
export const loadBalancerForgotten = scenario({
  id: 'load-balancer-forgotten',
  title:
    'The load balancer and its target group were deleted in the console, and the status of the Service names none any more',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    deleteLoadBalancer(world, cluster, place);
    deleteTargetGroups(world, own);
    objectOf(cluster, 'Service', place).status = { loadBalancer: {} };
    cluster.objects = cluster.objects.filter(
      (each) => each.kind !== 'Event' || each.involvedObject.name !== place.name,
    );
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'deleted-outside-kubernetes', targets: {} },
  variants: {
    ccm: { place: { controller: 'ccm' } },
    auto: { place: { controller: 'auto', targetType: 'ip' } },
  },
});
