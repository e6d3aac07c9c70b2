import { measuredOf } from '../../history/measured.ts';
import { spellsOf } from '../../history/unhealthy-minutes.ts';
import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { failedBetweenRuns } from './failed-between-runs.ts';

/** The same diagnoses of a target group; what is wrong, or was, says what CloudWatch counted where that was read. */
export function withMeasured(diagnoses: Diagnosis[], group: TargetGroupContext, facts: Facts): Diagnosis[] {
  const { metrics } = facts.slices;
  if (metrics.length === 0 || diagnoses.length === 0) return diagnoses;
  const measured = measuredOf(group, metrics);
  if (measured === undefined) return diagnoses;
  return diagnoses.map((diagnosis) => {
    if (diagnosis.cause === failedBetweenRuns) {
      const last = spellsOf(group, metrics).at(-1);
      const recovered = last?.to == null ? undefined : { from: last.from, to: last.to };
      return { ...diagnosis, measured, ...(recovered && { recovered }) };
    }
    return isWrong(diagnosis) ? { ...diagnosis, measured } : diagnosis;
  });
}
