import type { Evidence } from '../model/check-result.ts';
import type { SliceName, Slices } from '../model/facts.ts';
import type { Group } from '../model/target-group-context.ts';
import { byAnnotation, type Settings } from './set-health-check.ts';

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

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The worst severity among these; `low` where there are none. */
export const worstOf = (graded: { severity: Severity }[]): Severity =>
  severities.find((severity) => graded.some((each) => each.severity === severity)) ?? 'low';

/** One step that mends; `{name}` in `command` is filled from the evidence and from the target group's surroundings. */
export interface Fix {
  text: string;
  command?: string;
  /** Settings that the step changes: `command` asks for them by annotation, else on the target group, unless it is given. */
  healthCheck?: Settings;
  /** A value of the evidence without which the step is not told. */
  when?: string;
  /** What can go wrong when this is run. */
  danger?: string;
  /** How to see that it worked; the health of the targets where a check names nothing nearer. */
  verify?: string;
}

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
  /** True for a question that can be answered without knowing which Service the target group serves. */
  ownerless?: boolean;
  stage: Stage;
  /** Place among the links of its stage, the higher the later on the way of the packets; 0 when absent. */
  position?: number;
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
  fix: Fix[];
  links: string[];
  /** Ids whose observable this one produces; a finding explained by another one is a mechanism, not a cause. */
  explains: string[];
}

/** A catalogue entry: metadata and a pure judgement over the slices it names. */
export interface Check extends CheckMetadata {
  needs: SliceName[];
  /** Slices that sharpen the judgement; `undefined` where they could not be read. */
  wants: SliceName[];
  /** False where the question makes no sense, for example Local traffic policy on ip targets. */
  applies(group: Group): boolean;
  /** One Evidence per target concerned; an empty list rules the check out, `undefined` = the question does not arise here. */
  run(group: Group, slices: Slices): Evidence[] | undefined;
}

type View<Needs extends SliceName, Wants extends SliceName> = Pick<Slices, Needs> & {
  [Name in Wants]: Slices[Name] | undefined;
};

interface CheckDefinition<Needs extends SliceName, Wants extends SliceName> extends CheckMetadata {
  needs: readonly Needs[];
  wants?: readonly Wants[];
  applies?(group: Group): boolean;
  run(group: Group, slices: View<Needs, Wants>): Evidence[] | undefined;
}

const healthOfTargets = 'aws elbv2 describe-target-health --region {region} --target-group-arn {targetGroup}';

/** Declares a check; `run` sees only the slices named in `needs` and `wants`. */
export function check<const Needs extends SliceName, const Wants extends SliceName = never>(
  definition: CheckDefinition<Needs, Wants>,
): Check {
  return {
    applies: () => true,
    ...definition,
    fix: definition.fix.map((step) => ({
      verify: healthOfTargets,
      ...(step.healthCheck && { command: byAnnotation(step.healthCheck) }),
      ...step,
    })),
    needs: [...definition.needs],
    wants: [...(definition.wants ?? [])],
    run: definition.run as Check['run'],
  };
}
