import { scenario } from '../scenario.ts';
import { zones } from '../world/account.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Somebody shifted traffic away from the zone of the failing pod; that hides the failure and does not cause it. */
export const zonalShiftActive = scenario({
  id: 'zonal-shift-active',
  title: 'A zonal shift is active in the zone in which a pod fails for a reason of its own',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { protocol: 'http', timeout: '2' } });
  },
  strike(world, cluster, place) {
    const [first] = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    if (first) answerWith(cluster, [first], answering({ '/ready': 200, '*': 500 }));
    const arns = targetGroupArnsOf(world, cluster, place);
    const balancers = world.targetGroups
      .filter(({ arn }) => arns.includes(arn))
      .flatMap((group) => group.loadBalancerArns);
    world.zonalShifts = balancers.map((loadBalancerArn) => ({ loadBalancerArn, zone: zones[0] }));
  },
  expect: { verdict: 'unhealthy', cause: 'app-error-status', targets: { healthy: 2, unhealthy: 1 } },
});
