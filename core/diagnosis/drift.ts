import {
  deviations,
  expectedHealthCheck,
  formatDeviation,
  withSettings,
} from '../controllers/expected-health-check.ts';
import { missingTargetsOf } from '../controllers/missing-targets.ts';
import { bindingsOf } from '../controllers/reconcile-errors.ts';
import { hasAddress, nodeOf, serviceOf } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import type { Evidence } from '../model/check-result.ts';
import { isUnmanaged } from '../model/owner.ts';
import type { SliceName, Slices } from '../model/slices.ts';
import { isAllHealthy, type TargetGroupContext } from '../model/target-group-context.ts';
import { arrivalsAt } from '../network/health-check-path.ts';
import { wouldPassWith } from '../probes/health-check-match.ts';

/**
 * Something that AWS still lacks of what Kubernetes asks for, because of which targets fail or are missing: what a
 * controller at work would have fixed. Without `target` it is about what is not registered.
 */
export interface Drift {
  kind: 'missing' | 'stale' | 'settings' | 'rule';
  target?: Target;
  /** What should be a target and is not; only of `missing`. */
  missing?: string[];
  saw: string;
}

/** The slices without which nothing can be said, and those that show more of it beside workloads and bindings. */
export const driftNeeds = ['services', 'pods', 'nodes', 'endpointSlices'] as const satisfies SliceName[];
export const driftOptional = [
  'probes',
  'networkInterfaces',
  'securityGroups',
  'subnets',
  'prefixLists',
  'gatewayConfigurations',
] as const satisfies SliceName[];

type Wanted = (typeof driftOptional)[number] | 'targetGroupBindings';
type Facts = Pick<Slices, (typeof driftNeeds)[number]> & {
  [Name in Wanted | 'workloads']: Slices[Name] | undefined;
};

/** What AWS lacks: at most one drift for each failing target, and one for all that is not registered. */
export function driftOf(group: TargetGroupContext, facts: Facts): Drift[] {
  if (isUnmanaged(group.owner)) return [];
  const failing = group.nonHealthy.filter(({ state }) => state !== 'draining' && state !== 'unused');
  return [
    ...missing(group, facts),
    ...failing.flatMap(
      (target) =>
        stale(target, group, facts) ?? stuckSettings(target, group, facts) ?? lackingRule(target, group, facts) ?? [],
    ),
  ];
}

/** What an error about the Service accounts for: the rules behind a binding that is there the controller writes all the same. */
export const driftOfService = (group: TargetGroupContext, facts: Facts): Drift[] =>
  driftOf(group, facts).filter(
    ({ kind }) => kind !== 'rule' || bindingsOf(group, facts.targetGroupBindings ?? []).length === 0,
  );

/**
 * Evidence against a fault that holds the controller up: for each drift, or once where AWS lacks nothing, all targets are
 * still healthy and the fault is a risk.
 */
export const evidenceForDrift = (
  group: TargetGroupContext,
  drifts: Drift[],
  tell: (drift: Drift | undefined) => Evidence,
): Evidence[] =>
  drifts.length === 0 && isAllHealthy(group.targets)
    ? [tell(undefined)]
    : drifts.map((drift) => ({
        ...(drift.target && { target: drift.target }),
        ...(drift.missing && { missing: drift.missing }),
        ...tell(drift),
      }));

function missing(group: TargetGroupContext, facts: Facts): Drift[] {
  const ids = missingTargetsOf(group, facts);
  if (ids.length === 0) return [];
  const registered = group.targets.filter(({ state }) => state !== 'draining').length;
  return [
    { kind: 'missing', missing: ids, saw: `${formatRegistered(registered)}, while ${formatMissing(group, ids)}` },
  ];
}

const formatRegistered = (count: number): string =>
  count === 0 ? 'no target is registered' : `${count} target${count > 1 ? 's are' : ' is'} registered`;

/** `10.0.1.7, 10.0.2.9 are ready`, or `node a is Ready`; of many only the first are named. */
export function formatMissing({ targetGroup }: TargetGroupContext, ids: string[]): string {
  const named = `${ids.slice(0, mostNamed).join(', ')}${ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : ''}`;
  const verb = ids.length > 1 ? 'are' : 'is';
  if (targetGroup.targetType !== 'instance') return `${named} ${verb} ready`;
  return `${ids.length > 1 ? 'nodes' : 'node'} ${named} ${verb} Ready`;
}

const mostNamed = 5;

function stale(target: Target, group: TargetGroupContext, facts: Facts): Drift | undefined {
  if (group.owner === undefined) return undefined;
  const service = serviceOf(group, facts.services);
  if (group.targetGroup.targetType === 'instance') {
    const nodePorts = service?.spec.ports.flatMap(({ nodePort }) => nodePort ?? []) ?? [];
    if (nodeOf(target, facts.nodes) === undefined)
      return { kind: 'stale', target, saw: `${target.id} is no node any more` };
    if (service === undefined || nodePorts.includes(target.port)) return undefined;
    return { kind: 'stale', target, saw: `port ${target.port} is no NodePort of the Service any more` };
  }
  if (service !== undefined && Object.keys(service.spec.selector).length === 0) return undefined;
  if (service !== undefined && hasAddress(service, target.id, facts)) return undefined;
  return { kind: 'stale', target, saw: `${target.id} is the address of no pod of the Service any more` };
}

function stuckSettings(target: Target, group: TargetGroupContext, facts: Facts): Drift | undefined {
  const service = serviceOf(group, facts.services);
  if (service === undefined || facts.probes === undefined) return undefined;
  const expected = expectedHealthCheck(group, service, facts).filter(({ supported }) => supported);
  const stuck = deviations(expected, group);
  if (stuck.length === 0 || !wouldPassWith(withSettings(group, expected), target, group, facts.probes))
    return undefined;
  return { kind: 'settings', target, saw: stuck.map(formatDeviation).join('; ') };
}

/** Only where the controller is asked to write the rule: a binding without `networking` asks for none. */
export function lackingRule(target: Target, group: TargetGroupContext, facts: Pick<Facts, Wanted>): Drift | undefined {
  const { networkInterfaces, securityGroups, subnets, prefixLists } = facts;
  if (networkInterfaces === undefined || securityGroups === undefined || subnets === undefined) return undefined;
  const bindings = bindingsOf(group, facts.targetGroupBindings ?? []);
  if (bindings.length > 0 && bindings.every(({ spec }) => (spec.networking?.ingress ?? []).length === 0))
    return undefined;
  const network = { networkInterfaces, securityGroups, subnets, prefixLists };
  const denied = arrivalsAt(target, group, network).filter(({ decision }) => decision === 'deny');
  if (denied.length === 0) return undefined;
  const names = denied[0]?.securityGroups.map(({ id }) => id).join(', ');
  return { kind: 'rule', target, saw: `${names} has no rule for TCP ${target.healthCheckPort} from the load balancer` };
}
