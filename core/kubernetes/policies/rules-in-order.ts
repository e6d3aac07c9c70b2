import type { FilterVerdict } from '../../network/verdict.ts';

/** Whether a selector or rule is about a packet; `maybe` = it hangs on something that was not read. */
export type Match = 'yes' | 'no' | 'maybe';

/** One rule of a list in which the first that matches decides. */
export interface Step {
  match: Match;
  outcome: FilterVerdict;
}

/** What the first matching rule decides, else `otherwise`; unknown where a rule that may match would decide otherwise than what follows it. */
export const decided = (steps: Step[], otherwise: FilterVerdict): FilterVerdict =>
  steps.reduceRight((below, { match, outcome }) => {
    if (match === 'yes') return outcome;
    return match === 'no' ? below : either(outcome, below);
  }, otherwise);

/** One of two verdicts, not known which. */
export const either = (a: FilterVerdict, b: FilterVerdict): FilterVerdict =>
  a.decision === b.decision ? a : { decision: 'unknown', by: a.by };

/** All of them. */
export function allOf(...matches: Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('maybe') ? 'maybe' : 'yes';
}

/** Any of them. */
export function anyOf(...matches: Match[]): Match {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('maybe') ? 'maybe' : 'no';
}

export const isTrue = (condition: boolean): Match => (condition ? 'yes' : 'no');
