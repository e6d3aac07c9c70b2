import type { Changes } from './changes/changes.ts';
import type { Confidence } from './check-result.ts';
import type { Fix } from './fix.ts';
import type { Measured } from './metrics/measured.ts';
import type { Severity } from './severity.ts';

/**
 * `unhealthy` = a cause was found; `expected` = nothing is wrong; `latent` = healthy now, but at risk; `unexplained` =
 * unhealthy, and every check of the catalogue was ruled out or unknown; `unserved` = targets are healthy, or on their way, and
 * clients provably cannot get through to them.
 */
export type Verdict = 'unhealthy' | 'unserved' | 'expected' | 'latent' | 'unexplained';

/** The verdicts that alarm: a cause was found, clients are not served, or nothing of the catalogue explains the targets. */
export const wrongVerdicts = ['unhealthy', 'unserved', 'unexplained'] as const satisfies Verdict[];

/** The judgement about a set of targets of one target group that share the same root. */
export interface Diagnosis {
  /** Account/Region/cluster/namespace/service/cause: stable while pods and targets come and go. */
  fingerprint: string;
  verdict: Verdict;
  /** Catalogue id; `null` only for `unexplained`. */
  cause: string | null;
  title: string;
  /** What stands between the cause and the failed health check, by id. */
  mechanisms: string[];
  /** Independent faults on the same targets: fix these too. */
  coCauses: string[];
  confidence: Confidence;
  /** What would settle it; `null` when confirmed. */
  decidedBy: string | null;
  severity: Severity;
  cluster: string | null;
  namespace: string | null;
  service: string | null;
  /** Value of the team label of the Service, where a label is configured and set. */
  team?: string;
  loadBalancerArn: string | null;
  targetGroupArn: string;
  targets: { id: string; port: number; state: string; reason: string | null }[];
  /** Addresses or nodes that should be targets and are not; only where there are such. */
  missing?: string[];
  /** The only protocol whose clients are stopped, where the target group takes TCP and UDP; absent = all clients. */
  clientsOf?: 'TCP' | 'UDP';
  /** Only where other clients of the target group get through, by another listener. */
  someClients?: true;
  /** Only where the cause is of this target group alone, beside others of the Service: its place names it. */
  besideOthers?: true;
  /** Healthy and all targets of the group, to show how bad it is. */
  groupHealth: { healthy: number; total: number };
  /** Zones of the load balancer that what is expected leaves without enough healthy targets; only where there are such. */
  emptyZones?: string[];
  evidence: { check: string; target: string | null; saw: string; expected: string }[];
  ruledOut: string[];
  /** Earlier questions that could not be answered, so that the cause may not be the first. */
  unknown: { check: string; reason: string; remedy: string }[];
  fix: Fix[];
  /** Only where a memory was read that knows the target group from when it was healthy. */
  changedSinceHealthy?: Difference[];
  /** Only where CloudWatch was read for the target group. */
  measured?: Measured;
  /** Only where CloudTrail was read for the target group. */
  changes?: Changes;
  /** Only of targets that failed between two runs and are healthy now: when, RFC 3339 to the minute. */
  recovered?: { from: string; to: string };
  /** RFC 3339; only where the run did not read the target group: when this verdict was reached. */
  asOf?: string;
}

/** A setting that is not what it was. */
export interface Difference {
  what: string;
  /** `null` = it was not there, or is not there any more. */
  before: string | null;
  now: string | null;
}

/** True for what is wrong: one of `wrongVerdicts`. */
export const isWrong = ({ verdict }: Pick<Diagnosis, 'verdict'>): boolean =>
  (wrongVerdicts as readonly Verdict[]).includes(verdict);

/** True for what people are told of: what is wrong or was between two runs, and a zone left without a healthy target, by whatever reason. */
export const alarms = (diagnosis: Pick<Diagnosis, 'verdict' | 'emptyZones' | 'recovered'>): boolean =>
  isWrong(diagnosis) || hasRecovered(diagnosis) || diagnosis.emptyZones !== undefined;

/** True for what was wrong between two runs and is over. */
export const hasRecovered = ({ recovered }: Pick<Diagnosis, 'recovered'>): boolean => recovered !== undefined;

/** True for an expected state that alarms because no target of the group is healthy, in whatever zone. */
export const leavesNoneHealthy = (diagnosis: Pick<Diagnosis, 'verdict' | 'emptyZones' | 'groupHealth'>): boolean =>
  diagnosis.verdict === 'expected' && alarms(diagnosis) && diagnosis.groupHealth.healthy === 0;

/** True for an expected state that alarms because a zone is left without a healthy target, while others have one. */
export const leavesZoneEmpty = (diagnosis: Pick<Diagnosis, 'verdict' | 'emptyZones' | 'groupHealth'>): boolean =>
  diagnosis.verdict === 'expected' && alarms(diagnosis) && diagnosis.groupHealth.healthy > 0;
