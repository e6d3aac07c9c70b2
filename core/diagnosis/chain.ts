import { isNodeReady } from '../kubernetes/node.ts';
import { isPodReady, isServing } from '../kubernetes/pod.ts';
import { isLocal, nodeOf, podsOf, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import type { Instance, Target } from '../model/aws.ts';
import type { Chain, ChainZone, ServiceLink, Tally, Transcript } from '../model/chain.ts';
import type { Facts } from '../model/facts.ts';
import { conceals } from '../model/gap.ts';
import { gapsAround } from '../model/gaps-around.ts';
import { named } from '../model/indexed.ts';
import type { Node, Pod, Service } from '../model/kubernetes.ts';
import type { ProbeResult } from '../model/probe-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { formatHealthCheck } from '../probes/health-check.ts';
import { formatOutcome, formatRequest, probesFor } from '../probes/results.ts';
import { zoneOf } from './zones.ts';

/** Draws the chain of one target group. At most eight transcripts are kept, so that it stays small however many targets there are. */
export function chainOf(group: TargetGroupContext, facts: Facts): Chain {
  const { loadBalancer, listeners, targetGroup, owner, vantage } = group;
  const isSeen = (slice: 'pods' | 'nodes' | 'services') =>
    facts.cluster !== null &&
    !gapsAround(group, facts.gaps).some(
      (gap) => gap.slice === slice && gap.scope.kind !== 'target' && conceals(gap, targetGroup.arn),
    );
  const service = serviceOf(group, facts.slices.services);
  const pods = service === undefined ? [] : podsOf(service, facts.slices.pods).filter(isServing);
  const nodes = nodesBehind(group, pods, facts.slices.nodes);
  const sent = probesFor(facts.slices.probes, targetGroup.arn);
  return {
    loadBalancer: loadBalancer
      ? { name: loadBalancer.name, scheme: loadBalancer.scheme, state: loadBalancer.state }
      : null,
    listeners: listeners.map(({ protocol, port }) => ({ protocol, port })),
    targetGroup: {
      targetType: targetGroup.targetType,
      protocol: targetGroup.protocol,
      port: targetGroup.port,
      healthCheck: formatHealthCheck(targetGroup),
    },
    controller: owner?.controller ?? 'none',
    service: service === undefined ? null : linkOf(group, service),
    pods: service !== undefined && isSeen('pods') ? tally(pods, isPodReady) : null,
    nodes: isSeen('nodes') ? tally(nodes, isNodeReady) : null,
    zones: zonesOf(group, facts.slices.instances),
    vantage: vantage.kind,
    probes: { sent: sent.length, transcripts: telling(sent).map(transcribe) },
  };
}

function linkOf(group: TargetGroupContext, service: Service): ServiceLink {
  const port = servicePortOf(group, service);
  return {
    type: service.spec.type,
    port:
      port === undefined
        ? null
        : { port: port.port, targetPort: String(port.targetPort), nodePort: port.nodePort ?? null },
    trafficPolicy: isLocal(group, service) ? 'Local' : 'Cluster',
  };
}

function nodesBehind({ targets }: TargetGroupContext, pods: Pod[], nodes: Node[]): Node[] {
  const under = pods.flatMap(({ spec }) => named(nodes, undefined, spec.nodeName) ?? []);
  return [...new Set([...under, ...targets.flatMap((target) => nodeOf(target, nodes) ?? [])])];
}

function zonesOf({ loadBalancer, targets }: TargetGroupContext, instances: Instance[]): ChainZone[] {
  const enabled = loadBalancer?.zones.map(({ name }) => name) ?? [];
  const placed = Map.groupBy(targets, (target: Target) => zoneOf(target, instances) ?? 'unknown');
  return [...new Set([...enabled, ...placed.keys()])].toSorted().map((name) => {
    const here = placed.get(name) ?? [];
    return {
      name,
      enabled: enabled.includes(name),
      healthy: here.filter(({ state }) => state === 'healthy').length,
      targets: here.length,
    };
  });
}

const tally = <Item>(items: Item[], isReady: (item: Item) => boolean): Tally => ({
  ready: items.filter(isReady).length,
  total: items.length,
});

const mostTranscripts = 8;

/** One probe of each kind of question and answer first, then others. */
function telling(probes: ProbeResult[]): ProbeResult[] {
  const alike = Map.groupBy(probes, ({ purpose, outcome }) => `${purpose} ${formatOutcome(outcome)}`);
  const firsts = [...alike.values()].flatMap(([first]) => first ?? []);
  const chosen = new Set([...new Set([...firsts, ...probes])].slice(0, mostTranscripts));
  return probes.filter((probe) => chosen.has(probe));
}

const transcribe = (probe: ProbeResult): Transcript => ({
  purpose: probe.purpose,
  target: `${probe.targetId}:${probe.targetPort}`,
  request: formatRequest(probe),
  outcome: formatOutcome(probe.outcome),
  timings: probe.timings,
});
