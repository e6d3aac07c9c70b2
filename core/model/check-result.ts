import type { Target } from './aws.ts';
import type { Gap } from './gap.ts';
import type { Severity } from './severity.ts';

/**
 * How sure: `confirmed` = the rule is true on direct evidence and proved by a probe or a static evaluation;
 * `probable` = the rule is true, one link is inferred; `possible` = left over by elimination.
 */
export type Confidence = 'confirmed' | 'probable' | 'possible';

/** What stands in a fix where its placeholder was. */
export type Filling = string | number | (string | number)[];

/** One observation that speaks for a check. Without `target` it concerns every target of the group, present or missing. */
export interface Evidence {
  target?: Target;
  /** Addresses or node names that should be targets and are not: the evidence is about these. */
  missing?: string[];
  saw: string;
  expected: string;
  confidence: Confidence;
  /** Ids among those that the check masks which this observation does not explain. */
  leaves?: string[];
  /** The only protocol whose clients it is about, where the target group takes two; absent = all clients. */
  clientsOf?: 'TCP' | 'UDP';
  /** True where other clients of the target group get through, by another listener. */
  someClients?: boolean;
  /** Of a risk on healthy targets that is worse than low. */
  severity?: Severity;
  /** Ids of the calls recorded by CloudTrail that this follows from. */
  calls?: string[];
  /** Fills the placeholders of the check's fix; a list is as many words. */
  values?: Record<string, Filling>;
}

/** The answer of one check about one target group. */
export type CheckResult = { check: string; targetGroupArn: string } & (
  | { outcome: 'found'; evidence: Evidence[] /** Gaps that hide some of the targets. */; gaps: Gap[] }
  | { outcome: 'ruled-out'; gaps: Gap[] }
  | { outcome: 'unknown'; gaps: Gap[]; bug?: string }
);
