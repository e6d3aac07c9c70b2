/** What came of one printed step of a fix. */
export interface Outcome {
  /** Name of the scenario or variant. */
  scenario: string;
  cause: string;
  /** Its number among the steps of the fix, from 1. */
  step: number;
  command: string;
  /**
   * `healed` = the finding is gone, no other target is worse, clients are served, and it stays so when every controller looks again;
   * `reverted` = a controller took it back; `elsewhere` = nothing here can show it, for the reason in `why`; `failed` = none of these.
   */
  result: 'healed' | 'reverted' | 'elsewhere' | 'failed';
  /** True where the steps before it had to be run as well. */
  withEarlier?: boolean;
  /** True where it takes effect only with the steps after it, which were run as well. */
  withLater?: boolean;
  /** How often the audit printed the step with other values, each of which was run; absent where once was enough. */
  times?: number;
  why?: string;
}

export const shareOf = (outcomes: readonly Pick<Outcome, 'result'>[]): number => {
  const provable = outcomes.filter(({ result }) => result !== 'elsewhere');
  return provable.length === 0 ? 1 : provable.filter(({ result }) => result === 'healed').length / provable.length;
};
