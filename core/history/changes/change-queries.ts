import type { Facts } from '../../model/facts.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { groupsOf } from '../../model/target-group-context.ts';
import { interfaceOf } from '../../network/interfaces.ts';
import { delayOf, startOf } from './incident-start.ts';

/** Which changes are read: none, or those around the start of what is wrong. */
export type ChangesWanted = 'off' | 'findings';

export const changesWanted = ['off', 'findings'] as const satisfies ChangesWanted[];

/** One look-up of CloudTrail: a resource by id or ARN, in a stretch of time in epoch milliseconds. */
export interface ChangeQuery {
  resource: string;
  from: number;
  to: number;
}

const [minute, hour] = [60_000, 3_600_000];
/** Time before the run that is read where the start is not known. */
const usual = 24 * hour;
/** What is read before the earliest change that can have begun it, and after the start: what was tried since. */
const [before, after] = [hour, 10 * minute];
const mostSecurityGroups = 5;

/**
 * What can have changed for the failing targets of a group, the most telling first: the target group, the security groups of the
 * targets and of the load balancer, the load balancer and its listeners.
 */
export function resourcesOf(group: TargetGroupContext, { slices }: Pick<Facts, 'slices'>): string[] {
  const { targetGroup, loadBalancer, listeners } = group;
  const targets = group.failing.length > 0 ? group.failing : group.targets;
  const behind = targets.flatMap(
    (target) => interfaceOf(target, targetGroup, slices.networkInterfaces)?.securityGroups ?? [],
  );
  return distinct([
    targetGroup.arn,
    ...distinct(behind).slice(0, mostSecurityGroups),
    ...(loadBalancer?.securityGroups ?? []).slice(0, mostSecurityGroups),
    ...(loadBalancer === undefined ? [] : [loadBalancer.arn]),
    ...listeners.map(({ arn }) => arn),
  ]);
}

/** The stretch of time around the start of what is wrong with a group. */
export function windowOf(group: TargetGroupContext, { slices, takenAt }: Facts): { from: number; to: number } {
  const now = Date.parse(takenAt);
  const start = startOf(group, slices.metrics);
  if (start === undefined) return { from: now - usual, to: now };
  const from = start.at - (start.isExact ? delayOf(group) + before : usual);
  return { from, to: Math.min(now, start.at + after) };
}

/**
 * The look-ups for these target groups, each resource once: first what tells most about every group, then the next. What several
 * groups share is read for the time of all of them.
 */
export function changeQueries(allFacts: Facts[], wanted: ReadonlySet<string>): ChangeQuery[] {
  const byRank: ChangeQuery[][] = [];
  for (const facts of allFacts) {
    for (const group of groupsOf(facts).filter(({ targetGroup }) => wanted.has(targetGroup.arn))) {
      const window = windowOf(group, facts);
      for (const [rank, resource] of resourcesOf(group, facts).entries()) {
        byRank[rank] = [...(byRank[rank] ?? []), { resource, ...window }];
      }
    }
  }
  const queries = new Map<string, ChangeQuery>();
  for (const query of byRank.flat()) {
    const known = queries.get(query.resource) ?? query;
    const { resource } = query;
    queries.set(resource, { resource, from: Math.min(known.from, query.from), to: Math.max(known.to, query.to) });
  }
  return [...queries.values()];
}

const distinct = (texts: string[]): string[] => [...new Set(texts)];
