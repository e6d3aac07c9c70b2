import type { Evidence } from '../model/check-result.ts';
import type { Step } from '../model/fix.ts';
import type { Gap } from '../model/gap.ts';
import type { Severity } from '../model/severity.ts';
import type { SliceName, Slices } from '../model/slices.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { verified } from './fix/verification.ts';

/** The links of the chain in order; the earliest broken one is the cause. */
export const stages = [
  'owner',
  'registration',
  'configuration',
  'workload',
  'traffic-policy',
  'node',
  'network',
  'answer',
] as const;
export type Stage = (typeof stages)[number];

export interface CheckMetadata {
  /** Kebab-case, never reused: the name of the check's file, test, scenario, golden and page. */
  id: string;
  /**
   * `fault` can be a cause; `mechanism` only tells how a fault shows and is never a cause; `expected` is a verdict
   * that never alarms; `latent` is a risk on a target group that is healthy now; `clients` speaks of clients that do not get
   * through to healthy targets: verdict `unserved` where all evidence is confirmed, else `latent`.
   */
  kind: 'fault' | 'mechanism' | 'expected' | 'latent' | 'clients';
  /** A fault that is told as a latent risk where every target is healthy. */
  riskWhenHealthy?: boolean;
  /** Such a fault whose confirmed evidence on healthy targets shows that clients do not get through: verdict `unserved`. */
  clientsWhenHealthy?: boolean;
  /**
   * What stops clients before they come to any target, at the listener, the load balancer or what filters there: it stops them whatever
   * state the targets are in, so that no expected state of theirs excuses it.
   */
  beforeTargets?: boolean;
  /** A fault that is only a latent risk where every cluster was read and no Service owns the group: no client needs it. */
  noteWithoutOwner?: boolean;
  /** True for a fault of one target group among several of the Service, which its place names. */
  besideOthers?: boolean;
  /** True for a question that arises where Elastic Load Balancing has no target group for a Service too. */
  missingGroups?: boolean;
  /** True for a question that can be answered without knowing which Service the target group serves. */
  ownerless?: boolean;
  stage: Stage;
  /** Place among the links of its stage, the higher the later on the path of the packets; 0 when absent. */
  order?: number;
  severity: Severity;
  /** Constant text; the particulars are in the evidence. */
  title: string;
  /** What a person sees before anybody has looked for the cause. */
  symptom: string;
  why: string;
  /** How the check proves its case, for its page. */
  proof: string;
  /** Look-alikes that are not this, and how they are told apart. */
  nearMisses: string[];
  /** What evidence would settle it where it is not confirmed. */
  decidedBy: string;
  fix: Step[];
  links: string[];
  /** Ids of checks whose observation this fault produces: what another finding masks is a mechanism, not a cause. */
  masks: string[];
  /** Kinds of checks whose observation this fault produces. */
  masksEvery?: readonly ('driftSymptom' | 'healthCheckMismatch' | 'dropSymptom' | 'unreadySymptom')[];
  /**
   * True for a fault that stays until somebody changes something, so that waiting for it is hopeless. By default so in the stages
   * that hold settings: owner, configuration, traffic policy and network.
   */
  needsChange?: boolean;
  /**
   * Calls of AWS by which the fault can begin, as CloudTrail names them: the last of them that comes in time for the start is marked as the
   * change that fits. A check whose evidence names the very call needs none.
   */
  begunBy?: readonly string[];
  /** True for an expected state that lasts, such as a node without a pod of its own under the policy Local. */
  steadyState?: boolean;
  /** True for an expected state in which targets leave: where no other target is healthy, it excuses nothing. */
  leaving?: boolean;
  /** True where each piece of evidence is about one zone of the load balancer: the clients of the others get through. */
  perZone?: boolean;
  /** True where only some of the connections fail: the clients of the others get through. */
  someClients?: boolean;
  /** True for a risk on healthy targets whose confirmed evidence names those that pass no client on. */
  shutsTargets?: boolean;
  /** True for an expected state in which no client is meant to be served: no zone is missed. */
  intended?: boolean;
  /** True for a fault that takes a whole node or its kube-proxy away: what else fails on its targets follows from it. */
  takesNodeDown?: boolean;
  /** True for what is seen too where a controller falls behind, and AWS lacks what Kubernetes asks for. */
  driftSymptom?: boolean;
  /** True for what is seen too where a target group has other health check settings than the Service asks for. */
  healthCheckMismatch?: boolean;
  /** True for a fault that is concluded from what is left: where another one masks it, it is ruled out and no mechanism. */
  byElimination?: boolean;
  /** It can also be seen where a network policy drops the health check. */
  dropSymptom?: boolean;
  /** It can also be seen where a pod does not get as far as to be ready. */
  unreadySymptom?: boolean;
}

/** A catalogue entry: metadata and a pure judgement over the slices it names. */
export interface Check extends CheckMetadata {
  needs: SliceName[];
  /** Slices that sharpen the judgement; `undefined` where they could not be read. */
  optional: SliceName[];
  /** True where the configuration gave the severity, which what the fault leads to then does not change. */
  hasGivenSeverity?: true;
  /** False where the question makes no sense, for example Local traffic policy on ip targets. */
  applies(group: TargetGroupContext): boolean;
  /** One Evidence per target concerned; an empty list rules the check out, `undefined` = the question does not arise here. */
  run(group: TargetGroupContext, slices: Slices): Evidence[] | undefined;
  /** What it could not decide from slices that were read, as gaps on targets or the group: without evidence its answer is unknown. */
  undecided?(group: TargetGroupContext, slices: Slices): Gap[];
}

type View<Needs extends SliceName, Optional extends SliceName> = Pick<Slices, Needs> & {
  [Name in Optional]: Slices[Name] | undefined;
};

interface CheckDefinition<Needs extends SliceName, Optional extends SliceName> extends CheckMetadata {
  needs: readonly Needs[];
  optional?: readonly Optional[];
  applies?(group: TargetGroupContext): boolean;
  run(group: TargetGroupContext, slices: View<Needs, Optional>): Evidence[] | undefined;
  undecided?(group: TargetGroupContext, slices: View<Needs, Optional>): Gap[];
}

/** Declares a check; `run` sees only the slices named in `needs` and `optional`. */
export function check<const Needs extends SliceName, const Optional extends SliceName = never>(
  definition: CheckDefinition<Needs, Optional>,
): Check {
  const { undecided, ...rest } = definition;
  return {
    applies: () => true,
    ...rest,
    fix: verified(definition.fix, definition),
    needs: [...definition.needs],
    optional: [...(definition.optional ?? [])],
    run: definition.run as Check['run'],
    ...(undecided && { undecided: undecided as NonNullable<Check['undecided']> }),
  };
}
