import type { Pod } from '../world/kubernetes-object.ts';
import { before } from '../world/moment.ts';
import type { World } from '../world/world.ts';

/**
 * Deletes a pod `ageSeconds` ago, as the API server does while the pod still has time: it goes on answering until its grace
 * period is over, and `deletionTimestamp` is the end of that period.
 */
export function terminate(
  world: World,
  pod: Pod,
  { ageSeconds, graceSeconds }: { ageSeconds: number; graceSeconds: number },
): void {
  pod.spec.terminationGracePeriodSeconds = graceSeconds;
  pod.metadata.deletionGracePeriodSeconds = graceSeconds;
  pod.metadata.deletionTimestamp = before(world.now, ageSeconds - graceSeconds);
}
