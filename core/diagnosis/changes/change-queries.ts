import { isAction, reconcileErrorsOf, refusedBy, roleOf } from '../../controllers/reconcile-errors.ts';
import { delayOf, startOf } from '../../history/changes/incident-start.ts';
import type { Facts } from '../../model/facts.ts';
import { distinct } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { groupsOf } from '../../model/target-group-context.ts';
import { interfaceOf } from '../../network/interfaces.ts';

/** One look-up of CloudTrail in a stretch of time in epoch milliseconds, and of what the calls are wanted. */
export interface ChangeQuery {
  /** The attribute by which events are found: an id that CloudTrail indexes, or the name of a call. */
  by: 'ResourceName' | 'EventName';
  value: string;
  /** Ids and ARNs that the calls are to be about, and actions whose refused calls are wanted. */
  resources: string[];
  from: number;
  to: number;
}

const [minute, hour] = [60_000, 3_600_000];
/** Time before the run that is read where the start is not known. */
const usual = 24 * hour;
/** What is read before the earliest change that can have begun it, and after the start: what was tried since. */
const [before, after] = [hour, 10 * minute];
/** Of one kind, for a target group. */
const most = 5;

/**
 * What can have changed for the failing targets of a group, the most telling first: the target group, the security groups and network
 * ACLs of the targets and of the load balancer, the load balancer and its listeners, what the controller was refused, its role, the
 * cluster with its node groups and add-ons, and the routes.
 */
export function resourcesOf(group: TargetGroupContext, facts: Pick<Facts, 'slices'>): string[] {
  const { targetGroup, loadBalancer, listeners, cluster } = group;
  const { networkInterfaces, networkAcls, routeTables } = facts.slices;
  const targets = group.failing.length > 0 ? group.failing : group.targets;
  const behind = targets.flatMap((target) => interfaceOf(target, targetGroup, networkInterfaces) ?? []);
  const subnets = new Set([
    ...behind.map(({ subnetId }) => subnetId),
    ...(loadBalancer?.zones ?? []).map(({ subnetId }) => subnetId),
  ]);
  const within = (tables: { id: string; subnetIds: string[] }[]): string[] =>
    tables.filter(({ subnetIds }) => subnetIds.some((id) => subnets.has(id))).map(({ id }) => id);
  const errors = reconcileErrorsOf(group, facts.slices.events, facts.slices.targetGroupBindings);
  return distinct([
    targetGroup.arn,
    ...distinct(behind.flatMap(({ securityGroups }) => securityGroups)).slice(0, most),
    ...(loadBalancer?.securityGroups ?? []).slice(0, most),
    ...within(networkAcls).slice(0, most),
    ...(loadBalancer === undefined ? [] : [loadBalancer.arn]),
    ...listeners.map(({ arn }) => arn),
    ...errors.flatMap(refusedBy),
    ...errors.flatMap((error) => roleOf(error) ?? []),
    ...(cluster === null ? [] : [cluster.arn]),
    ...within(routeTables).slice(0, most),
  ]);
}

/**
 * Calls that change what CloudTrail finds by no id: its index holds the resources of EC2 and IAM, and none of version 2 of Elastic Load
 * Balancing or of EKS (CloudTrail user guide, "Resource types supported by CloudTrail").
 */
const callsThatChange: [arn: RegExp, names: string[]][] = [
  [/:targetgroup\//, ['ModifyTargetGroup', 'ModifyTargetGroupAttributes', 'DeregisterTargets', 'RegisterTargets']],
  [/:loadbalancer\//, ['SetSecurityGroups', 'SetSubnets', 'ModifyLoadBalancerAttributes']],
  [/:listener\//, ['ModifyListener', 'DeleteListener']],
  [
    /:cluster\//,
    ['UpdateNodegroupConfig', 'UpdateNodegroupVersion', 'DeleteNodegroup', 'UpdateAddon', 'CreateAddon', 'DeleteAddon'],
  ],
];

/** How the calls on one resource are found. */
function lookUpsOf(resource: string): Pick<ChangeQuery, 'by' | 'value'>[] {
  const names = isAction(resource)
    ? [resource.replace(/^.*:/, '')]
    : callsThatChange.find(([arn]) => arn.test(resource))?.[1];
  if (names !== undefined) return names.map((value) => ({ by: 'EventName' as const, value }));
  return [{ by: 'ResourceName', value: nameOfRole(resource) ?? resource }];
}

/** The name of a role by its ARN, whose path is no part of it; `undefined` for anything else. */
export const nameOfRole = (resource: string): string | undefined =>
  /^arn:[a-z-]+:iam::\d{12}:role\/(?:.+\/)?([\w+=,.@-]+)$/.exec(resource)?.[1];

/** The stretch of time around the start of what is wrong with a group. */
export function windowOf(group: TargetGroupContext, { slices, takenAt }: Facts): { from: number; to: number } {
  const now = Date.parse(takenAt);
  const start = startOf(group, slices.metrics);
  if (start === undefined) return { from: now - usual, to: now };
  const from = start.at - (start.isExact ? delayOf(group) + before : usual);
  return { from, to: Math.min(now, start.at + after) };
}

/**
 * What is read about one resource of a group: of what the controller is refused the last day up to the run, because it tries again and
 * again, and its role may have changed long before.
 */
function stretchOf(resource: string, group: TargetGroupContext, facts: Facts): { from: number; to: number } {
  const now = Date.parse(facts.takenAt);
  const isOfController = isAction(resource) || nameOfRole(resource) !== undefined;
  return isOfController ? { from: now - usual, to: now } : windowOf(group, facts);
}

/**
 * The look-ups for these target groups, each once: first what tells most about every group, then the next. What several groups share
 * is read for the time of all of them.
 */
export function changeQueries(allFacts: Facts[], wanted: ReadonlySet<string>): ChangeQuery[] {
  const byRank: ChangeQuery[][] = [];
  for (const facts of allFacts) {
    for (const group of groupsOf(facts).filter(({ targetGroup }) => wanted.has(targetGroup.arn))) {
      for (const [rank, resource] of resourcesOf(group, facts).entries()) {
        const stretch = stretchOf(resource, group, facts);
        const own = lookUpsOf(resource).map((lookUp) => ({ ...lookUp, resources: [resource], ...stretch }));
        byRank[rank] = [...(byRank[rank] ?? []), ...own];
      }
    }
  }
  const queries = new Map<string, ChangeQuery>();
  for (const query of byRank.flat()) {
    const key = `${query.by} ${query.value}`;
    const known = queries.get(key) ?? query;
    queries.set(key, {
      ...known,
      resources: distinct([...known.resources, ...query.resources]),
      from: Math.min(known.from, query.from),
      to: Math.max(known.to, query.to),
    });
  }
  return [...queries.values()];
}
