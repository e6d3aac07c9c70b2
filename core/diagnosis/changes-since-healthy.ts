import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { GroupSummary } from '../model/report.ts';
import { type Baseline, differences } from './baseline.ts';

/** The same diagnoses; each of something wrong says what changed since its target group was last healthy. */
export const changesSinceHealthy = (
  diagnoses: Diagnosis[],
  healthy: Map<string, Baseline>,
  now: Map<string, Baseline>,
): Diagnosis[] =>
  diagnoses.map((diagnosis) => {
    const [before, today] = [healthy.get(diagnosis.targetGroupArn), now.get(diagnosis.targetGroupArn)];
    if (before === undefined || today === undefined || !isWrong(diagnosis)) return diagnosis;
    return { ...diagnosis, changedSinceHealthy: differences(before, today) };
  });

/** The baselines that are to be remembered: of target groups that are healthy now and were set up in another way, or unknown, before. */
export function newlyHealthy(
  groups: GroupSummary[],
  healthy: Map<string, Baseline>,
  now: Map<string, Baseline>,
): Map<string, Baseline> {
  const arns = groups
    .filter(({ read, healthy: passing, total }) => read && total > 0 && passing === total)
    .map(({ targetGroupArn }) => targetGroupArn);
  return new Map(
    arns.flatMap((arn): [string, Baseline][] => {
      const [before, today] = [healthy.get(arn), now.get(arn)];
      return today === undefined || (before !== undefined && isSame(before, today)) ? [] : [[arn, today]];
    }),
  );
}

/** Nothing differs, and nothing was read for the first time. */
const isSame = (before: Baseline, now: Baseline): boolean =>
  differences(before, now).length === 0 && Object.keys(now).every((what) => what in before);
