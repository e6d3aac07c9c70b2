import type { Target } from './aws.ts';
import { bindingsOf } from './complaints.ts';
import { deviations, expectedHealthCheck, sayDeviation, withSettings } from './expected-health-check.ts';
import type { SliceName, Slices } from './facts.ts';
import type { Evidence } from './finding.ts';
import { type Group, isQuiet } from './group.ts';
import type { Pod } from './kubernetes.ts';
import { wouldMend } from './mending.ts';
import { isFargateNode, isNodeReady } from './node.ts';
import { arrivalsAt } from './path-to-target.ts';
import { conditionOf, podsAt, secondsSince } from './pod.ts';
import { endpointsOf, hasAddress, isReady, nodeOf, serviceOf, servicePortOf } from './service.ts';
import { signsOfWrongSettings } from './wrong-settings.ts';

/**
 * Something that AWS still lacks of what Kubernetes asks for, because of which targets fail or are missing: what a
 * controller at work would have mended. Without `target` the group has no target at all.
 */
export interface Lag {
  kind: 'missing' | 'stale' | 'settings' | 'rule';
  target?: Target;
  saw: string;
}

/** The slices without which nothing can be said, and those that show more of it beside workloads and bindings. */
export const lagNeeds = ['services', 'pods', 'nodes', 'endpointSlices'] as const satisfies SliceName[];
export const lagWants = [
  'probes',
  'networkInterfaces',
  'securityGroups',
  'subnets',
  'prefixLists',
] as const satisfies SliceName[];

type Wanted = (typeof lagWants)[number] | 'targetGroupBindings';
type Facts = Pick<Slices, (typeof lagNeeds)[number]> & {
  [Name in Wanted | 'workloads']: Slices[Name] | undefined;
};

/** Checks that hold too where AWS lags behind: a fault that holds the controller up explains them. */
export const signsOfLag = [
  'stale-targets-not-deregistered',
  'nodeport-changed-stale-target-group',
  'readiness-gate-stuck',
  'hc-live-config-drift',
  'policy-switch-stale-hc',
  ...signsOfWrongSettings,
  'sg-target-missing-health-check-rule',
  'sg-rule-removed-by-other-manager',
];

/** Seconds that a controller may take to follow a change. */
const grace = 300;

/** What AWS lacks, at most one lag for each failing target. */
export function lagsOf(group: Group, facts: Facts): Lag[] {
  const present = group.targets.filter(({ state }) => state !== 'draining');
  if (present.length === 0) return missing(group, facts);
  const failing = group.notHealthy.filter(({ state }) => state !== 'draining' && state !== 'unused');
  return failing.flatMap(
    (target) =>
      stale(target, group, facts) ?? stuckSettings(target, group, facts) ?? lackingRule(target, group, facts) ?? [],
  );
}

/** What an error about the Service accounts for: the rules behind a binding that is there the controller writes all the same. */
export const lagsOfService = (group: Group, facts: Facts): Lag[] =>
  lagsOf(group, facts).filter(
    ({ kind }) => kind !== 'rule' || bindingsOf(group, facts.targetGroupBindings ?? []).length === 0,
  );

/**
 * Evidence against a fault that holds the controller up: for each target that lags behind, or once where all targets are
 * still healthy and the fault is a risk.
 */
export const blame = (group: Group, lags: Lag[], tell: (lag: Lag | undefined) => Evidence): Evidence[] =>
  isQuiet(group.targets)
    ? [tell(undefined)]
    : lags.map((lag) => ({ ...(lag.target && { target: lag.target }), ...tell(lag) }));

function missing(group: Group, facts: Facts): Lag[] {
  const service = serviceOf(group, facts.services);
  if (service === undefined) return [];
  if (group.targetGroup.targetType === 'instance') {
    const nodes = facts.nodes.filter((node) => isNodeReady(node) && !isFargateNode(node)).length;
    return nodes === 0 ? [] : [{ kind: 'missing', saw: `no target is registered, while ${nodes} nodes are Ready` }];
  }
  const waiting = readyAddresses(group, facts);
  if (waiting.length === 0) return [];
  return [{ kind: 'missing', saw: `no target is registered, while ${waiting.join(', ')} are ready` }];
}

/** Addresses that have been ready for longer than the grace; a pod that only waits for a readiness gate counts. */
function readyAddresses(group: Group, { services, pods, endpointSlices }: Facts): string[] {
  const service = serviceOf(group, services);
  if (service === undefined) return [];
  const endpoints = endpointsOf(service, servicePortOf(group, service), endpointSlices);
  const isSettled = (pod: Pod | undefined, type: string): boolean => {
    const condition = pod && conditionOf(pod, type);
    return condition?.status === 'True' && secondsSince(condition.lastTransitionTime, group.takenAt) > grace;
  };
  return endpoints.flatMap((endpoint) => {
    const [address] = endpoint.addresses;
    if (address === undefined || endpoint.conditions.terminating === true) return [];
    const [pod] = podsAt(address, pods);
    const gated = (pod?.spec.readinessGates.length ?? 0) > 0 && isSettled(pod, 'ContainersReady');
    return (isReady(endpoint) && isSettled(pod, 'Ready')) || gated ? [address] : [];
  });
}

function stale(target: Target, group: Group, facts: Facts): Lag | undefined {
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

function stuckSettings(target: Target, group: Group, facts: Facts): Lag | undefined {
  const service = serviceOf(group, facts.services);
  if (service === undefined || facts.probes === undefined) return undefined;
  const asked = expectedHealthCheck(group, service, facts.workloads).filter(({ honoured }) => honoured);
  const stuck = deviations(asked, group);
  if (stuck.length === 0 || !wouldMend(withSettings(group, asked), target, group, facts.probes)) return undefined;
  return { kind: 'settings', target, saw: stuck.map(sayDeviation).join('; ') };
}

/** Only where the controller is asked to write the rule: a binding without `networking` asks for none. */
export function lackingRule(target: Target, group: Group, facts: Pick<Facts, Wanted>): Lag | undefined {
  const { networkInterfaces, securityGroups, subnets, prefixLists } = facts;
  if (networkInterfaces === undefined || securityGroups === undefined || subnets === undefined) return undefined;
  const bindings = bindingsOf(group, facts.targetGroupBindings ?? []);
  if (bindings.length > 0 && bindings.every(({ spec }) => (spec.networking?.ingress ?? []).length === 0))
    return undefined;
  const network = { networkInterfaces, securityGroups, subnets, prefixLists };
  const denied = arrivalsAt(target, group, network).filter(({ admission }) => admission === 'denied');
  if (denied.length === 0) return undefined;
  const names = denied[0]?.securityGroups.map(({ id }) => id).join(', ');
  return { kind: 'rule', target, saw: `${names} has no rule for TCP ${target.healthCheckPort} from the load balancer` };
}
