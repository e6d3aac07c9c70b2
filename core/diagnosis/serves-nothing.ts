import { weightsOf } from '../controllers/weights.ts';
import { secondsSince } from '../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../kubernetes/service.ts';
import type { Facts } from '../model/facts.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { secondsToSettle } from './affected-targets.ts';

/**
 * True where listeners send clients to a group without any target, and neither load balancer, Service nor pods are so young
 * that targets may still come.
 */
export function servesNothing(group: TargetGroupContext, { slices }: Facts): boolean {
  if (group.targets.length > 0 || !weightsOf(group).some((weight) => weight > 0)) return false;
  const service = serviceOf(group, slices.services);
  const pods = service === undefined ? [] : podsOf(service, slices.pods);
  const made = [group.loadBalancer?.createdAt, ...[service, ...pods].map((each) => each?.metadata.creationTimestamp)];
  return made.every((time) => secondsSince(time, group.takenAt) > secondsToSettle(group));
}
