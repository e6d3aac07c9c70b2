/** `unknown` = nothing that was read admits, but something that could decide was not read. */
export type Decision = 'allow' | 'deny' | 'unknown';

/** What one filter says about a packet, and why. */
export interface FilterVerdict {
  decision: Decision;
  /** The rule that decides, the rule that is missing, or what was not read. */
  by: string;
}

/** What several filters in a row say together: one denial is enough, and else one unknown leaves it open. */
export const combine = (verdicts: FilterVerdict[]): FilterVerdict =>
  verdicts.find(({ decision }) => decision === 'deny') ??
  verdicts.find(({ decision }) => decision === 'unknown') ?? { decision: 'allow', by: 'every filter on the way' };
