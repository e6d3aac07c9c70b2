/** `unknown` = nothing that was read admits, but something that could decide was not read. */
export type Admission = 'admitted' | 'denied' | 'unknown';

/** What one filter says about a packet, and why. */
export interface Ruling {
  admission: Admission;
  /** The rule that decides, the rule that is missing, or what was not read. */
  by: string;
}

/** What several filters in a row say together: one denial is enough, and else one unknown leaves it open. */
export const together = (rulings: Ruling[]): Ruling =>
  rulings.find(({ admission }) => admission === 'denied') ??
  rulings.find(({ admission }) => admission === 'unknown') ?? { admission: 'admitted', by: 'every filter on the way' };
