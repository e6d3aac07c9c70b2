import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Somebody deleted the listener in the console. */
export const targetGroupNotAttached = scenario({
  id: 'target-group-not-attached',
  title: 'No listener forwards to the target group',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const arns = targetGroupArnsOf(world, cluster, place);
    world.listeners = world.listeners.filter(
      ({ forwards }) => !forwards.some(({ targetGroupArn }) => arns.includes(targetGroupArn)),
    );
    for (const targetGroup of world.targetGroups) {
      if (arns.includes(targetGroup.arn)) targetGroup.loadBalancerArns = [];
    }
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'target-group-not-attached', targets: { unused: 3 } },
});
