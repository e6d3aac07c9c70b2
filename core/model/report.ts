import type { Chain } from './chain.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Transition } from './finding.ts';
import type { Gap } from './gap.ts';
import type { Sparkline } from './metrics/measured.ts';
import type { RunCost } from './run-cost.ts';
import type { ClientStep, ServedState } from './served-state.ts';
import type { Severity } from './severity.ts';

/** What one run found. The one input of every renderer; published as `docs/report.schema.json`. */
export interface Report {
  schemaVersion: 1;
  run: {
    id: string;
    account: string;
    region: string;
    /** RFC 3339. */
    startedAt: string;
    finishedAt: string;
    /** False when anything could not be read. */
    complete: boolean;
    /** Calls made by action, for example `elasticloadbalancing:DescribeTargetHealth`. */
    apiCalls: Record<string, number>;
    throttles: number;
    /** Milliseconds spent waiting for the API budget. */
    waitedMs: number;
    /** Only of runs in Lambda; until the report was made, which is nearly all of the run. */
    cost?: RunCost;
  };
  coverage: {
    clusters: { seen: number; audited: number };
    targetGroups: { seen: number; read: number };
    /** `alike`: not asked, as those of their kind that were answered alike; absent = none. */
    targets: { seen: number; probed: number; alike?: number };
    gaps: Gap[];
  };
  groups: GroupSummary[];
  diagnoses: Diagnosis[];
  /** What became of the findings over time, by fingerprint; only where a memory was read. */
  history?: Record<string, Moment[]>;
  /** What a gate made of the Service that it waits for; only in its report. */
  gate?: { opened: boolean; detail: string };
  /** Present where groups and diagnoses were left out on request. */
  filter?: ReportFilter;
}

/** One thing that happened to a finding. */
export interface Moment {
  /** RFC 3339. */
  at: string;
  transition: Transition;
}

/** What a reader asked to see: exact names, and the least severity. */
export interface ReportFilter {
  namespaces?: string[];
  services?: string[];
  /** Ids; a diagnosis is kept where one of them is its cause or broken beside it. */
  checks?: string[];
  severity?: Severity;
}

/** One line on every target group seen, healthy ones too. */
export interface GroupSummary {
  /** Of a `missing` one the ARN by which its TargetGroupBinding names it, or `none:<cluster>/<namespace>/<Service>`. */
  targetGroupArn: string;
  name: string;
  /** Elastic Load Balancing has no such target group, and a Service needs it to serve its clients. */
  missing?: true;
  cluster: string | null;
  namespace: string | null;
  service: string | null;
  loadBalancer: string | null;
  healthy: number;
  total: number;
  /** False when its targets' health could not be read; healthy and total are then those of the last reading. */
  read: boolean;
  /** RFC 3339; only where it was not read: the moment of its last reading, absent where there was none. */
  asOf?: string;
  /** Who is served; absent in reports of earlier releases. */
  served?: ServedState;
  /** Ids of the checks that could not be answered. */
  unknown: string[];
  /** Absent where its targets' health could not be read. */
  chain?: Chain;
  /** What of the path of clients was evaluated; only where a target is healthy and a listener forwards to it. */
  clientsPath?: ClientStep[];
  /** How many targets were unhealthy in the hours before the run; only where CloudWatch was read for it. */
  sparkline?: Sparkline;
}
