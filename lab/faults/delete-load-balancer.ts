import type { Place } from '../scenario.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Deletes the load balancer of a Service with its listeners and interfaces, as DeleteLoadBalancer does: its target groups stay. */
export function deleteLoadBalancer(world: World, cluster: WorldCluster, place: Place): void {
  const own = targetGroupArnsOf(world, cluster, place);
  const gone = new Set(
    world.targetGroups.flatMap(({ arn, loadBalancerArns }) => (own.includes(arn) ? loadBalancerArns : [])),
  );
  world.loadBalancers = world.loadBalancers.filter(({ arn }) => !gone.has(arn));
  world.listeners = world.listeners.filter(({ loadBalancerArn }) => !gone.has(loadBalancerArn));
  const descriptions = [...gone].map((arn) => `ELB ${arn.split(':loadbalancer/')[1]}`);
  world.networkInterfaces = world.networkInterfaces.filter(({ description }) => !descriptions.includes(description));
  for (const group of world.targetGroups)
    group.loadBalancerArns = group.loadBalancerArns.filter((arn) => !gone.has(arn));
}

/** Deletes these target groups, and the listeners that forward to them, without which AWS refuses it. */
export function deleteTargetGroups(world: World, arns: string[]): void {
  world.listeners = world.listeners.filter(
    ({ forwards }) => !forwards.some(({ targetGroupArn }) => arns.includes(targetGroupArn)),
  );
  world.targetGroups = world.targetGroups.filter(({ arn }) => !arns.includes(arn));
  world.registrations = (world.registrations ?? []).filter(({ targetGroupArn }) => !arns.includes(targetGroupArn));
}
