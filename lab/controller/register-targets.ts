import type { TargetGroup } from '../../core/model/aws.ts';
import { recordEvent } from '../world/event.ts';
import type { Service } from '../world/kubernetes-object.ts';
import { minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';

interface Backend {
  service: Service;
  targetGroup: TargetGroup;
}

/**
 * The targets that Elastic Load Balancing takes of those that a controller asks it to register: RegisterTargets is
 * refused as a whole over the quota, and for an instance of a type that cannot be a target (NLB user guide, "Register
 * targets" and "Quotas"). The refusal shows as an Event.
 */
export function accepted<Candidate extends { id: string }>(
  world: World,
  cluster: WorldCluster,
  { service, targetGroup }: Backend,
  candidates: Candidate[],
): Candidate[] {
  const refusal = whyRefused(world, targetGroup, candidates);
  if (refusal === undefined) return candidates;
  const binding = objectsOf(cluster, 'TargetGroupBinding').find(({ spec }) => spec.targetGroupARN === targetGroup.arn);
  recordEvent(world, cluster, {
    about: binding ?? service,
    type: 'Warning',
    reason: binding ? 'FailedReconcile' : 'SyncLoadBalancerFailed',
    message: `operation error Elastic Load Balancing v2: RegisterTargets, https response error StatusCode: 400, ${refusal}`,
    component: binding ? 'targetGroupBinding' : 'service-controller',
    ageSeconds: minute,
    lastingSeconds: 14 * minute,
    count: 12,
  });
  return [];
}

/** What AWS says to the registration of these targets; undefined where it takes them. */
export function whyRefused(world: World, targetGroup: TargetGroup, candidates: { id: string }[]): string | undefined {
  const most = world.targetsPerTargetGroup ?? 1000;
  if (candidates.length > most) {
    return `TooManyTargets: The maximum number of targets has been reached on target group '${targetGroup.arn}'`;
  }
  const unsupported = candidates.filter(({ id }) =>
    world.instances.some((instance) => instance.id === id && oldTypes.test(instance.type)),
  );
  if (unsupported.length === 0) return undefined;
  const ids = unsupported.map(({ id }) => id).join(', ');
  return `InvalidTarget: The following targets are not of a supported instance type: '${ids}'`;
}

/** Instance types that cannot be registered by instance id (NLB user guide, "Register targets"). */
const oldTypes = /^(c1|cc1|cc2|cg1|cg2|cr1|cs1|g1|g2|hi1|hs1|m1|m2|m3|t1)\./;
