import type { Gap } from '../model/gap.ts';

/** Gaps that a reader takes for one: they were refused alike, and the same remedy closes them. */
export interface GapKind {
  /** The first of them, to show what came back. */
  example: Gap;
  gaps: Gap[];
}

/** Answers of one action that are listed apart; of more, thousands as a rule, the first speaks for all. */
const mostAnswers = 5;

/**
 * Gaps by kind, in the order of the first of each: alike are those with the same reason, answer and remedy, and where an action
 * got many different answers for one reason, all of these.
 */
export function kindsOfGaps(gaps: Gap[]): GapKind[] {
  const answers = Map.groupBy(gaps, actionOf);
  const isMany = new Set(
    [...answers].filter(([, alike]) => new Set(alike.map(answerOf)).size > mostAnswers).map(([action]) => action),
  );
  const kinds = Map.groupBy(gaps, (gap) => (isMany.has(actionOf(gap)) ? actionOf(gap) : answerOf(gap)));
  return [...kinds.values()].flatMap((alike) => (alike[0] === undefined ? [] : [{ example: alike[0], gaps: alike }]));
}

const actionOf = ({ reason, action }: Gap): string => `${reason}\n${action}`;
const answerOf = ({ reason, message, remedy }: Gap): string => `${reason}\n${message}\n${remedy}`;
