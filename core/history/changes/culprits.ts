import type { ChangeLog, RecordedCall, RuleChange } from '../../model/changes/recorded-call.ts';
import type { MetricSeries } from '../../model/metrics/metric-series.ts';
import { compareText, type TargetGroupContext } from '../../model/target-group-context.ts';
import { contains } from '../../network/address.ts';
import { callsOn } from './calls.ts';
import { canHaveBegun, startOf } from './incident-start.ts';
import { controllerTools, nameOfTool } from './tools.ts';

/** What was read of the past; nothing where that is not configured, or was refused. */
export interface Past {
  changes: ChangeLog[] | undefined;
  metrics: MetricSeries[] | undefined;
}

/** The calls on these resources that were carried out early enough to have begun what is wrong, the latest last. */
function candidates(group: TargetGroupContext, resources: string[], { changes = [], metrics = [] }: Past) {
  if (changes.length === 0) return [];
  const start = startOf(group, metrics);
  return callsOn(resources, changes).filter(({ at, error }) => error === undefined && canHaveBegun(group, at, start));
}

const isByController = ({ tool }: RecordedCall): boolean => controllerTools.has(tool);

/** What a health check needs of the security groups of its target. */
export interface NeededRule {
  /** Ids of the groups on the interface of the target. */
  securityGroups: string[];
  port: number;
  /** Ids of the security groups, and addresses, that the load balancer's nodes come with. */
  peers: string[];
}

/**
 * The last call that took away a rule which admitted the health check; `undefined` where there is none, or the controller itself made
 * it.
 */
export function removalOf(group: TargetGroupContext, needed: NeededRule, past: Past): RecordedCall | undefined {
  const last = candidates(group, needed.securityGroups, past).findLast(({ rules = [] }) =>
    rules.some((rule) => rule.effect === 'removed' && admits(rule, needed)),
  );
  return last === undefined || isByController(last) ? undefined : last;
}

function admits({ egress, protocol, fromPort, toPort, peer }: RuleChange, { port, peers }: NeededRule): boolean {
  if (egress || peer === undefined || !/^(tcp|6|-1)$/.test(protocol)) return false;
  const isOnPort = protocol === '-1' || fromPort === -1 || (fromPort <= port && port <= toPort);
  return isOnPort && peers.some((each) => each === peer || (peer.includes('/') && contains(peer, each)));
}

/** The last call that wrote one of these settings of the target group as they are now; `undefined` where the controller itself made it. */
export function writeOf(
  group: TargetGroupContext,
  settings: { name: string; live: string | number | undefined }[],
  past: Past,
): RecordedCall | undefined {
  const last = candidates(group, [group.targetGroup.arn], past).findLast((call) =>
    settings.some(({ name, live }) => live !== undefined && call.settings?.[name] === String(live)),
  );
  return last === undefined || isByController(last) ? undefined : last;
}

/** The last calls of different identities that undid each other: what one registered, another one deregistered. */
export function undoingOf(group: TargetGroupContext, past: Past): RecordedCall[] {
  const calls = callsOn([group.targetGroup.arn], past.changes ?? []).filter(
    ({ error, targets, identity }) => error === undefined && targets !== undefined && identity !== '',
  );
  const undoing = calls.findLast((call) => undoneBy(call, calls) !== undefined);
  const undone = undoing && undoneBy(undoing, calls);
  return undoing === undefined || undone === undefined ? [] : [undone, undoing];
}

/** The call before this one, of another identity, whose registration it takes back. */
const undoneBy = ({ id, targets, identity }: RecordedCall, calls: RecordedCall[]): RecordedCall | undefined =>
  targets?.effect !== 'deregistered'
    ? undefined
    : calls
        .slice(
          0,
          calls.findIndex((each) => each.id === id),
        )
        .findLast(
          (other) =>
            other.identity !== identity &&
            other.targets?.effect === 'registered' &&
            other.targets.ids.some((target) => targets.ids.includes(target)),
        );

const refusal = /AccessDenied|Unauthorized/;
const throttle = /Throttl|RequestLimitExceeded|TooManyRequests/;

/** The last of these actions that AWS refused a role, as CloudTrail recorded it. */
export const refusalOf = (
  actions: string[],
  role: string | undefined,
  { changes = [] }: Past,
): RecordedCall | undefined =>
  callsOn(actions, changes).findLast(
    ({ error = '', identity, tool }) =>
      refusal.test(error) && (role === undefined ? controllerTools.has(tool) : isSameRole(identity, role)),
  );

/** Roles by account and name: the ARN of a session has no path of the role. */
const isSameRole = (a: string, b: string): boolean =>
  a.replace(/role\/.+\//, 'role/') === b.replace(/role\/.+\//, 'role/');

/** Calls of IAM that take permissions from a role. */
const takesPermissions =
  /^(DetachRolePolicy|DeleteRolePolicy|PutRolePolicy|PutRolePermissionsBoundary|UpdateAssumeRolePolicy|DeleteRole)$/;

/** The last call before this moment by which a role can have lost a permission. */
export const lossOf = (role: string, before: string, { changes = [] }: Past): RecordedCall | undefined =>
  callsOn([role], changes).findLast(
    ({ action, error, at }) => takesPermissions.test(action) && error === undefined && at <= before,
  );

/** The calls of these actions that AWS throttled, as CloudTrail recorded them. */
export const throttledOf = (actions: string[], { changes = [] }: Past): RecordedCall[] =>
  callsOn(actions, changes).filter(({ error = '' }) => throttle.test(error));

const mostCallers = 3;

/** `12 of cluster-autoscaler (an AWS SDK), 3 of alice (console)`: who makes these calls, the most first. */
export function formatCallers(calls: RecordedCall[]): string {
  const byCaller = Map.groupBy(calls, formatCaller);
  const callers = [...byCaller].map(([caller, { length }]) => ({ caller, length }));
  const most = callers.toSorted((a, b) => b.length - a.length || compareText(a.caller, b.caller));
  return most
    .slice(0, mostCallers)
    .map(({ caller, length }) => `${length} of ${caller}`)
    .join(', ');
}

/** `alice (console)`. */
function formatCaller({ actor, tool }: RecordedCall): string {
  const name = nameOfTool(tool);
  return `${actor}${name === null ? '' : ` (${name})`}`;
}

/** `alice (console), RevokeSecurityGroupIngress on 2026-11-20 at 10:14 UTC`. */
export const formatCall = (call: RecordedCall): string =>
  `${formatCaller(call)}, ${call.action} on ${call.at.slice(0, 10)} at ${call.at.slice(11, 16)} UTC`;
