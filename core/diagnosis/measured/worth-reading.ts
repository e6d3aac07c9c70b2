import type { Target } from '../../model/aws.ts';
import { alarms, isWrong } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import { eachIndexed } from '../../model/indexed.ts';
import { probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';
import { catalogue } from '../catalogue.ts';
import type { Check } from '../check.ts';
import { type Grades, gradedChecks } from '../check-settings.ts';
import { conclude } from '../conclusion.ts';

/** Of what more is worth reading, as far as it can be judged from what was read first. */
export interface WorthReading {
  /** ARNs of the target groups with a finding: since when? */
  findings: Set<string>;
  /** ARNs of those with something wrong now: what changed? */
  wrong: Set<string>;
  /** Targets without a cause that is confirmed and from which nothing came back: where do their health checks end? */
  silent: Target[];
}

/** Facts with what is worth reading about them. */
export interface Judged {
  facts: Facts;
  worth: WorthReading;
}

/** Judges each of these Facts once, before anything more is read, by the checks as they are graded. */
export function worthReading(allFacts: Facts[], grades: Grades = {}): Judged[] {
  const checks = gradedChecks(catalogue, grades);
  return eachIndexed(allFacts, (indexed, facts) => ({ facts, worth: worthOf(indexed, checks) }));
}

function worthOf(facts: Facts, checks: readonly Check[]): WorthReading {
  const { diagnoses } = conclude(facts, { checks });
  const wrong = diagnoses.filter(isWrong);
  const open = new Map(
    wrong
      .filter(({ confidence }) => confidence !== 'confirmed')
      .flatMap(({ targetGroupArn, targets, verdict }) =>
        targets.map((target) => [keyOf({ targetGroupArn, ...target }), verdict] as const),
      ),
  );
  return {
    findings: new Set(diagnoses.filter(alarms).map(({ targetGroupArn }) => targetGroupArn)),
    wrong: new Set(wrong.map(({ targetGroupArn }) => targetGroupArn)),
    silent: facts.slices.targetHealth.filter((target) => {
      const verdict = open.get(keyOf(target));
      return verdict === 'unexplained' || (verdict !== undefined && isWithoutAnswer(target, facts));
    }),
  };
}

const keyOf = ({ targetGroupArn, id, port }: Pick<Target, 'targetGroupArn' | 'id' | 'port'>): string =>
  `${targetGroupArn} ${id} ${port}`;

function isWithoutAnswer(target: Target, { slices }: Facts): boolean {
  const probe = probeOf(slices.probes, target, 'health-check');
  return probe === undefined || isSilent(probe.outcome);
}
