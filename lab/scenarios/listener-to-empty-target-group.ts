import { scenario } from '../scenario.ts';
import { addService } from '../service.ts';
import { targetGroupArnsOf } from '../target-groups-of.ts';
import { addWorkload } from '../workload.ts';

/** The controller is alive and renews its lease, its events are long gone, and nothing is registered. */
export const listenerToEmptyTargetGroup = scenario({
  id: 'listener-to-empty-target-group',
  title: 'The target group has lost its targets, and the pods are ready',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const arns = targetGroupArnsOf(world, cluster, place);
    world.registrations = (world.registrations ?? []).filter(({ targetGroupArn }) => !arns.includes(targetGroupArn));
    world.targetHealth = world.targetHealth.filter(({ targetGroupArn }) => !arns.includes(targetGroupArn));
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'listener-to-empty-target-group', targets: {} },
});
