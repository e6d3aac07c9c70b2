import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { ServedState } from '../../model/served-state.ts';
import type { Check } from '../check.ts';

/**
 * The diagnosis as severe as its consequence. A check's own severity says how bad its fault usually is; where no client of the target
 * group is served, whatever is wrong with it is critical. A severity that the configuration gives a check stays, and so do risks and
 * expected states.
 */
export function withConsequence(diagnosis: Diagnosis, served: ServedState, checks: readonly Check[]): Diagnosis {
  if (served !== 'unserved' || !isWrong(diagnosis)) return diagnosis;
  const isGiven = checks.some(({ id, hasGivenSeverity }) => id === diagnosis.cause && hasGivenSeverity === true);
  return isGiven ? diagnosis : { ...diagnosis, severity: 'critical' };
}
