import type { Baseline } from '../../core/diagnosis/baseline.ts';
import type { Conclusion } from '../../core/diagnosis/conclusion.ts';
import type { AddOn, Capability } from '../../core/model/add-on.ts';
import type { ChangeLog } from '../../core/model/changes/recorded-call.ts';
import type { FlowReading } from '../../core/model/flow-logs/flow-reading.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { MetricSeries } from '../../core/model/metrics/metric-series.ts';
import type { ProbeResult, Vantage } from '../../core/model/probe-result.ts';
import type { KnownResource, LastReading } from '../../core/survey/survey-memory.ts';
import type { Usage } from '../aws/usage.ts';
import type { Claims } from '../collect/deal-out.ts';
import type { Reading, VpcReading } from '../collect/facts-of.ts';

/** What one stage of a run has cost. */
export interface StageCost extends Usage {
  /** Seconds of a function with 1,024 MB that cost the same. */
  gbSeconds: number;
}

/** What the survey of a distributed run leaves to its parts. Plain JSON, as everything that stages hand over. */
export interface Plan {
  id: string;
  /** RFC 3339. */
  startedAt: string;
  inventory: Inventory;
  memory: { readings: [string, LastReading][]; known: [string, KnownResource][] };
  /** How target groups were set up when they were last healthy, by ARN. */
  baselines: [string, Baseline][];
  /** Names of clusters: those of one part are read and judged by one function. */
  parts: string[][];
  cost: StageCost;
}

/** The VPCs of a run, by id. */
export interface Network {
  vpcs: [string, VpcReading][];
  cost: StageCost;
}

/** What one part of a run concluded. */
export interface PartResult {
  clusters: ClusterResult[];
  concludeMs: number;
  cost: StageCost;
}

export interface ClusterResult {
  claims: Claims;
  /** True when its turn is over: it was read, or no more of it can be. */
  isRead: boolean;
  conclusion: Conclusion;
}

/** What is needed to judge a cluster again where another one claims a target group of it. */
export interface KeptReading {
  /** Of the cluster alone, without VPC and probes. */
  reading: Reading;
  probes: ProbeResult[];
  metrics: MetricSeries[];
  changes: ChangeLog[];
  flowLogs: FlowReading[];
  addOns: AddOn[];
  capabilities: Capability[];
  /** Of all these. */
  laterGaps: Gap[];
  /** Of its Facts, RFC 3339. */
  takenAt: string;
  vantage: Vantage;
}

/** Names of what stages hand over. */
export const handedOver = {
  plan: 'plan',
  network: 'network',
  part: (index: number): string => `part-${index}`,
  readings: (index: number): string => `readings-${index}`,
};
