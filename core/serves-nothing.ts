import { secondsToSettle } from './affected.ts';
import type { Facts } from './facts.ts';
import type { Group } from './group.ts';
import { secondsSince } from './pod.ts';
import { podsOf, serviceOf } from './service.ts';
import { weightsOf } from './weights.ts';

/**
 * True where listeners send clients to a group without any target, and neither load balancer, Service nor pods are so young
 * that targets may still come.
 */
export function servesNothing(group: Group, { slices }: Facts): boolean {
  if (group.targets.length > 0 || !weightsOf(group).some((weight) => weight > 0)) return false;
  const service = serviceOf(group, slices.services);
  const pods = service === undefined ? [] : podsOf(service, slices.pods);
  const made = [group.loadBalancer?.createdAt, ...[service, ...pods].map((each) => each?.metadata.creationTimestamp)];
  return made.every((time) => secondsSince(time, group.takenAt) > secondsToSettle(group));
}
