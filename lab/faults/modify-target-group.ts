import type { HealthCheck } from '../../core/model/aws.ts';
import type { Place } from '../scenario.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Changes the health check of a Service's target groups in AWS itself, as ModifyTargetGroup does. */
export function modifyTargetGroups(
  world: World,
  cluster: WorldCluster,
  { place, healthCheck }: { place: Place; healthCheck: Partial<HealthCheck> },
): void {
  const arns = targetGroupArnsOf(world, cluster, place);
  for (const targetGroup of world.targetGroups) {
    if (arns.includes(targetGroup.arn)) Object.assign(targetGroup.healthCheck, healthCheck);
  }
}
