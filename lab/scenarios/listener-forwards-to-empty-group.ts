import { type Place, scenario } from '../scenario.ts';
import { hash } from '../world/identifier.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Somebody prepared a canary in the console and put off its targets. */
export const listenerForwardsToEmptyGroup = scenario({
  id: 'listener-forwards-to-empty-group',
  title:
    'All targets of the Service are healthy, and its listener sends half of the clients to an empty target group beside them',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
  },
  strike: addCanary,
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'listener-forwards-to-empty-group', targets: { healthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' } },
    ccm: { place: { controller: 'ccm' } },
    auto: { place: { controller: 'auto', targetType: 'ip' } },
  },
});

/** Puts an empty target group that a person made beside that of the Service, each with half of the clients. */
function addCanary(world: World, cluster: WorldCluster, place: Place): void {
  const [arn] = targetGroupArnsOf(world, cluster, place);
  const own = world.targetGroups.find((each) => each.arn === arn);
  if (own === undefined) throw new Error('The Service has a target group');
  const name = `${place.name}-canary`;
  const prefix = own.arn.slice(0, own.arn.indexOf(':targetgroup/'));
  const canary = {
    ...own,
    arn: `${prefix}:targetgroup/${name}/${hash(`target group ${name}`, 16)}`,
    name,
    port: 8080,
    attributes: { ...own.attributes },
    tags: { team: 'checkout' },
  };
  world.targetGroups.push(canary);
  for (const listener of world.listeners) {
    if (!listener.forwards.some(({ targetGroupArn }) => targetGroupArn === own.arn)) continue;
    listener.forwards = [own, canary].map((each) => ({ targetGroupArn: each.arn, weight: 50 }));
  }
}
