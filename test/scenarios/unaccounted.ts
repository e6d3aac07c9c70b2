import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { CheckResult } from '../../core/model/check-result.ts';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { Facts } from '../../core/model/facts.ts';
import { eachIndexed } from '../../core/model/indexed.ts';
import type { Report } from '../../core/model/report.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { isProbed } from '../../core/probes/results.ts';

/**
 * What a diagnosis leaves out or contradicts: a fault that was ruled out and is not in `ruledOut`, one in `ruledOut` that had no
 * answer or is named at once, and one that was found and that no diagnosis of the group names. A gap that hides some of the targets
 * leaves it open for them, and so does a target to which no probe was sent where the check needs one.
 */
export function unaccounted({ report, facts }: { report: Report; facts: Facts[] }): string[] {
  return eachIndexed(facts, (indexed) =>
    groupsOf(indexed).flatMap((group) => {
      const here = report.diagnoses.filter(
        ({ targetGroupArn, verdict }) =>
          targetGroupArn === group.targetGroup.arn && (verdict === 'unhealthy' || verdict === 'unexplained'),
      );
      const results = examine(group, indexed, faults);
      return here.flatMap((diagnosis) => {
        const targets = group.targets.filter(({ id, port }) =>
          diagnosis.targets.some((target) => target.id === id && target.port === port),
        );
        const isAnswered = targets.length > 0 && targets.every((target) => isProbed(indexed.slices.probes, target));
        return contradictions(
          diagnosis,
          isAnswered ? results : results.filter(({ check }) => !needProbes.has(check)),
          here,
        );
      });
    }),
  ).flat();
}

const needProbes = new Set(catalogue.flatMap(({ id, needs }) => (needs.includes('probes') ? id : [])));
const faults = catalogue.filter(({ kind }) => kind === 'fault');

function contradictions(diagnosis: Diagnosis, results: CheckResult[], here: Diagnosis[]): string[] {
  const { cause, coCauses, mechanisms, ruledOut, unknown } = diagnosis;
  const named = new Set([cause, ...coCauses, ...mechanisms, ...unknown.map(({ check }) => check)]);
  const outcomes = new Map(results.map(({ check, outcome }) => [check, outcome]));
  const say = (what: string) => (check: string) => `${cause ?? 'unexplained'}: ${check} ${what}`;
  return [
    ...ruledOut.filter((check) => named.has(check)).map(say('is ruled out and named at once')),
    ...ruledOut
      .filter((check) => (outcomes.get(check) ?? 'unknown') === 'unknown')
      .map(say('is ruled out without an answer')),
    ...results
      .filter(({ outcome, gaps }) => outcome === 'ruled-out' && gaps.length === 0)
      .filter(({ check }) => !ruledOut.includes(check) && !named.has(check))
      .map(({ check }) => say('was ruled out and is not in the list')(check)),
    ...results
      .filter(({ check, outcome }) => outcome === 'found' && !ruledOut.includes(check) && !isNamed(check, here))
      .map(({ check }) => say('was found and is nowhere')(check)),
  ];
}

/** True where a diagnosis of the group names the fault. */
const isNamed = (check: string, here: Diagnosis[]): boolean =>
  here.some(({ cause, coCauses, mechanisms }) => [cause, ...coCauses, ...mechanisms].includes(check));
