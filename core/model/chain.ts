import type { Controller } from './owner.ts';
import type { ProbePurpose, ProbeTimings } from './probe-result.ts';

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
