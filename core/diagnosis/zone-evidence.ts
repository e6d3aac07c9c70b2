import { gateLabelOf, waitsForTarget } from '../controllers/readiness-gates.ts';
import { isPodReady, isServing } from '../kubernetes/pod.ts';
import { rolloutOf } from '../kubernetes/rollout.ts';
import { podsOf, serviceOf } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import type { Fix } from '../model/fix.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { fill, surroundings } from './fix/remediation.ts';
import { failoverOf, type ZoneHealth, zoneOf } from './zones.ts';

type Observation = Omit<Diagnosis['evidence'][number], 'check' | 'target'>;

/** What failing targets mean for the zones named, or once for the whole load balancer where no target is healthy. */
export function zoneEvidence(group: TargetGroupContext, facts: Facts, zones: string[]): Observation[] {
  const { isOpenEverywhere, lost, open } = failoverOf(group, facts.slices.instances);
  if (isOpenEverywhere) return zones.length === 0 ? [] : [...sayOpenEverywhere(group), ...gatesMissing(group, facts)];
  const isNamed = ({ name }: ZoneHealth): boolean => zones.includes(name);
  return [
    ...lost.filter(isNamed).map((zone) => sayLost(zone, group, facts)),
    ...open.filter(isNamed).map((zone) => sayOpen(zone, group)),
  ];
}

/** Adds to each cause what it does to the zones of the load balancer; every zone, and that no target is healthy, once. */
export function withZoneEvidence(diagnoses: Diagnosis[], group: TargetGroupContext, facts: Facts): Diagnosis[] {
  const { instances } = facts.slices;
  const all = group.loadBalancer?.zones.map(({ name }) => name) ?? [];
  const { isOpenEverywhere } = failoverOf(group, instances);
  const left = new Set(all);
  return diagnoses.map((diagnosis) => {
    if (!isWrong(diagnosis) || diagnosis.targets.length === 0) return diagnosis;
    const zones = isOpenEverywhere ? [...left] : [...left].filter((zone) => zonesOf(diagnosis, group, facts).has(zone));
    for (const zone of zones) left.delete(zone);
    const [first, ...more] = diagnosis.evidence;
    const check = diagnosis.cause ?? 'unexplained';
    const seen = zoneEvidence(group, facts, zones).map((each) => ({ check, target: null, ...each }));
    if (seen.length === 0) return diagnosis;
    const gates = isOpenEverywhere && gatesMissing(group, facts).length > 0 ? [gateFix(group, facts)] : [];
    return {
      ...diagnosis,
      evidence: [...(first === undefined ? [] : [first]), ...seen, ...more],
      fix: [...diagnosis.fix, ...gates],
    };
  });
}

function zonesOf({ targets }: Diagnosis, group: TargetGroupContext, { slices }: Facts): Set<string | undefined> {
  const isConcerned = ({ id, port }: Target): boolean =>
    targets.some((target) => target.id === id && target.port === port);
  return new Set(group.targets.filter(isConcerned).map((target) => zoneOf(target, slices.instances)));
}

function sayOpenEverywhere({ targets }: TargetGroupContext): Observation[] {
  const reached = targets.filter(({ state }) => state !== 'draining' && state !== 'unused').length;
  if (targets.length === 0) return [];
  const whom = reached === 1 ? 'its one target' : `all ${reached} targets`;
  return [
    {
      saw:
        reached === 0
          ? 'no target is healthy in any zone, and every target is draining or unused: clients have none to go to'
          : `no target is healthy in any zone: the load balancer fails open and sends clients to ${whom}`,
      expected: 'a healthy target in every zone of the load balancer',
    },
  ];
}

function sayLost(
  { name, healthy, targets, minimumForDns }: ZoneHealth,
  group: TargetGroupContext,
  facts: Facts,
): Observation {
  const short =
    healthy === 0
      ? `zone ${name} has no healthy target`
      : `zone ${name} has ${healthy} of ${targets} targets healthy, and dns_failover asks for ${minimumForDns}`;
  return {
    saw: `${short} and cross-zone load balancing is off, so that its address leaves DNS${forWhom(group, facts)}`,
    expected:
      healthy === 0
        ? 'a healthy target in every zone of the load balancer, or cross-zone load balancing'
        : `${minimumForDns} healthy targets in every zone of the load balancer, or a lower target_group_health.dns_failover`,
  };
}

const sayOpen = (
  { name, healthy, targets, minimumForRouting }: ZoneHealth,
  { targetGroup }: TargetGroupContext,
): Observation => ({
  saw:
    healthy === 0
      ? `zone ${name} has no healthy target and stays in DNS, since ${targetGroup.name} switches dns_failover off: its clients get to ${targets} failing target${targets === 1 ? '' : 's'}`
      : `zone ${name} has ${healthy} of ${targets} targets healthy, and unhealthy_state_routing asks for ${minimumForRouting}: clients get to the failing ones too`,
  expected: 'only healthy targets get clients',
});

const mostListeners = 6;

/** The listeners of the load balancer beside those of the group: they lose the zone with it. */
function forWhom({ loadBalancer, targetGroup }: TargetGroupContext, { slices }: Facts): string {
  const beside = slices.listeners
    .filter(({ loadBalancerArn }) => loadBalancerArn === loadBalancer?.arn)
    .filter(({ forwards }) => forwards.every(({ targetGroupArn }) => targetGroupArn !== targetGroup.arn))
    .map(({ protocol, port, forwards }) => {
      const names = forwards.map(({ targetGroupArn }) => targetGroupArn.split('/')[1] ?? targetGroupArn);
      return `${protocol} ${port}${names.length === 0 ? '' : ` (${names.join(', ')})`}`;
    });
  if (beside.length === 0) return '';
  const more = beside.length > mostListeners ? ` and ${beside.length - mostListeners} more` : '';
  return ` for every listener of ${loadBalancer?.name}, also ${beside.slice(0, mostListeners).join(', ')}${more}`;
}

/** Pods that a rollout replaced before their targets were healthy: nothing made it wait for them. */
function gatesMissing(group: TargetGroupContext, { slices }: Facts): Observation[] {
  const service = serviceOf(group, slices.services);
  if (service === undefined || group.targetGroup.targetType !== 'ip' || group.targets.length === 0) return [];
  const pods = podsOf(service, slices.pods).filter(isServing);
  // A rollout goes on past its targets only where its pods are ready.
  if (!pods.some(isPodReady) || pods.some(waitsForTarget)) return [];
  const isReplaced = group.targets.some(({ state }) => state === 'draining');
  if (!isReplaced && !pods.some((pod) => isPodReady(pod) && rolloutOf(pod, slices.workloads) !== undefined)) return [];
  return [
    {
      saw: 'its pods are being replaced and have no readiness gate of the load balancer, so that the rollout does not wait for their targets',
      expected: 'pods that are ready only when their targets are healthy',
    },
  ];
}

/** LBC docs/deploy/pod_readiness_gate.md: the gate is injected when a pod is made, and only for ip targets. */
const gateFix = (group: TargetGroupContext, facts: Facts): Fix =>
  fill(
    {
      text: 'Let rollouts wait for their targets: with this label the controller puts readiness gates into pods made from then on.',
      change: {
        label: { [gateLabelOf(group.owner?.controller)]: 'enabled' },
        on: { object: 'namespace {namespace}' },
      },
    },
    surroundings(group, facts),
    { group, facts },
  );
