import type { Cluster, Listener, LoadBalancer, Target, TargetGroup } from './aws.ts';
import type { Facts } from './facts.ts';
import { groupInPlaceOf, lostBalancerOf, ownerInPlaceOf } from './lost/in-place.ts';
import type { LostBackend } from './lost/lost-backend.ts';
import { type Memo, memo } from './memo.ts';
import type { Owner } from './owner.ts';
import type { Vantage } from './probe-result.ts';

/** A target group with what Elastic Load Balancing itself says around it: the unit that checks look at. */
export interface TargetGroupContext {
  targetGroup: TargetGroup;
  loadBalancer: LoadBalancer | undefined;
  listeners: Listener[];
  owner: Owner | undefined;
  /** What its Service names and Elastic Load Balancing does not have: the load balancer, or the target group itself. */
  lost?: LostBackend;
  /** The cluster that these Facts are about. */
  cluster: Cluster | null;
  targets: Target[];
  /** Targets in any state but `healthy`. */
  nonHealthy: Target[];
  /** Targets that do not pass their health checks: `unhealthy`, `unhealthy.draining` and `initial`. */
  failing: Target[];
  /** Where the probes started. */
  vantage: Vantage;
  takenAt: string;
  /** What readers have worked out about this group, so that it is not worked out again for the next check. */
  memo: Memo;
}

/** The target groups of these Facts, in the order of their ARNs; among them those that a Service lacks. */
export function groupsOf(facts: Facts): TargetGroupContext[] {
  const { targetGroups, targetHealth, loadBalancers, listeners } = facts.slices;
  const targetsOf = Map.groupBy(targetHealth, (target) => target.targetGroupArn);
  const listenersOf = new Map<string, Listener[]>();
  for (const listener of listeners) {
    for (const { targetGroupArn } of listener.forwards) {
      listenersOf.set(targetGroupArn, [...(listenersOf.get(targetGroupArn) ?? []), listener]);
    }
  }
  const balancerOf = new Map(loadBalancers.map((balancer) => [balancer.arn, balancer]));
  const ownerOf = new Map(facts.owners.map((owner) => [owner.targetGroupArn, owner]));
  const lostOf = new Map(facts.owners.map((owner) => [owner.targetGroupArn, lostBalancerOf(owner, facts)]));
  const attached = new Set(lostOf.values());
  const inPlace = facts.slices.lostBackends
    .filter((lost) => !attached.has(lost))
    .map((lost) => ({ lost, targetGroup: groupInPlaceOf(lost, facts), owner: ownerInPlaceOf(lost, facts) }));
  const there = targetGroups.map((targetGroup) => ({
    targetGroup,
    owner: ownerOf.get(targetGroup.arn),
    lost: lostOf.get(targetGroup.arn),
  }));

  return [...there, ...inPlace]
    .toSorted((a, b) => compareText(a.targetGroup.arn, b.targetGroup.arn))
    .map(({ targetGroup, owner, lost }) => {
      const targets = (targetsOf.get(targetGroup.arn) ?? []).toSorted(
        (a, b) => compareText(a.id, b.id) || a.port - b.port,
      );
      return {
        targetGroup,
        loadBalancer: balancerOf.get(targetGroup.loadBalancerArns[0] ?? ''),
        listeners: listenersOf.get(targetGroup.arn) ?? [],
        owner,
        ...(lost && { lost }),
        cluster: facts.cluster,
        targets,
        nonHealthy: targets.filter((target) => target.state !== 'healthy'),
        failing: targets.filter(isUnhealthy),
        vantage: facts.vantage,
        takenAt: facts.takenAt,
        memo: memo(),
      };
    });
}

/** True when there are targets and all are healthy. */
export const isAllHealthy = (targets: Target[]): boolean =>
  targets.length > 0 && targets.every(({ state }) => state === 'healthy');

/**
 * `unhealthy.draining` keeps connections open but fails the same checks (ELBv2 TargetHealthStateEnum). A target that stays
 * `initial` is judged like one that fails: for its first minutes that is an expected state.
 */
export const isUnhealthy = ({ state }: Target): boolean =>
  state === 'unhealthy' || state === 'unhealthy.draining' || state === 'initial';

/** Code-unit order: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
