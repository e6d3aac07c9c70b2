import { isNodeReady } from '../kubernetes/node.ts';
import { nodeBehind } from '../kubernetes/node-behind.ts';
import { isPodReady, isServing } from '../kubernetes/pod.ts';
import { isLocal, podsOf, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import type { Instance, Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import { conceals, gapsAround } from '../model/gap.ts';
import { named } from '../model/indexed.ts';
import type { Node, Pod, Service } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';
import type { Probe, ProbePurpose, ProbeTimings } from '../model/probe-result.ts';
import type { Group } from '../model/target-group-context.ts';
import { sayHealthCheck } from '../probes/health-check.ts';
import { probesFor, say, sayRequest } from '../probes/results.ts';
import { zoneOf } from './zones.ts';

/** The links between a client and the pods behind one target group, counted: what a reader needs to see where it breaks. */
export interface Chain {
  /** `null` where no listener forwards to the target group. */
  loadBalancer: { name: string; scheme: string; state: string } | null;
  listeners: { protocol: string; port: number }[];
  targetGroup: { targetType: string; protocol: string; port: number; healthCheck: string };
  controller: Controller;
  /** `null` where it is missing or could not be read. */
  service: ServiceLink | null;
  /** Pods that the Service selects; `null` where they could not be read. */
  pods: Tally | null;
  /** Nodes that are targets or run one of the pods; `null` where they could not be read. */
  nodes: Tally | null;
  zones: ChainZone[];
  /** Where the probes started. */
  vantage: 'vpc' | 'outside';
  probes: { sent: number; transcripts: Transcript[] };
}

export interface Tally {
  ready: number;
  total: number;
}

export interface ServiceLink {
  type: string;
  /** `null` where it is not known which port of the Service the target group serves. */
  port: { port: number; targetPort: string; nodePort: number | null } | null;
  trafficPolicy: 'Cluster' | 'Local';
}

/** What is there in one zone. */
export interface ChainZone {
  name: string;
  /** The load balancer has an address in it. */
  enabled: boolean;
  healthy: number;
  targets: number;
}

/** One probe as a person would tell it. */
export interface Transcript {
  purpose: ProbePurpose;
  /** `<id>:<port>` of the target. */
  target: string;
  request: string;
  outcome: string;
  timings: ProbeTimings;
}

/** Draws the chain of one target group. At most eight transcripts are kept, so that it stays small however many targets there are. */
export function chainOf(group: Group, facts: Facts): Chain {
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
      healthCheck: sayHealthCheck(targetGroup),
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

function linkOf(group: Group, service: Service): ServiceLink {
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

function nodesBehind({ targets }: Group, pods: Pod[], nodes: Node[]): Node[] {
  const under = pods.flatMap(({ spec }) => named(nodes, undefined, spec.nodeName) ?? []);
  return [...new Set([...under, ...targets.flatMap((target) => nodeBehind(target, { nodes }) ?? [])])];
}

function zonesOf({ loadBalancer, targets }: Group, instances: Instance[]): ChainZone[] {
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
function telling(probes: Probe[]): Probe[] {
  const alike = Map.groupBy(probes, ({ purpose, outcome }) => `${purpose} ${say(outcome)}`);
  const firsts = [...alike.values()].flatMap(([first]) => first ?? []);
  const chosen = new Set([...new Set([...firsts, ...probes])].slice(0, mostTranscripts));
  return probes.filter((probe) => chosen.has(probe));
}

const transcribe = (probe: Probe): Transcript => ({
  purpose: probe.purpose,
  target: `${probe.targetId}:${probe.targetPort}`,
  request: sayRequest(probe),
  outcome: say(probe.outcome),
  timings: probe.timings,
});
