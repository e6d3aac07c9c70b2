import { compareText } from '../model/target-group-context.ts';
import type { LastReading } from './survey-memory.ts';

interface Need {
  readings: Map<string, LastReading>;
  /** What open or suspected findings are about. */
  urgent?: ReadonlySet<string>;
}

/** Of so many that are read one is not failing, so that a lasting outage never keeps the rest from being read. */
const turn = 4;

/**
 * The order in which target groups or clusters are to be read when time may not last for all: those that failed or were
 * suspected last time, the oldest reading first; among them, one in four, those never read and then those whose reading is
 * oldest.
 */
export function orderOfReading(arns: readonly string[], { readings, urgent }: Need): string[] {
  const isFailing = (arn: string): boolean => {
    const reading = readings.get(arn);
    return urgent?.has(arn) === true || (reading !== undefined && reading.healthy < reading.total);
  };
  // Empty for what was never read, which so comes before every moment.
  const ageOf = (arn: string): string => readings.get(arn)?.at ?? '';
  const byAge = (a: string, b: string): number => compareText(ageOf(a), ageOf(b));
  const failing = arns.filter(isFailing).toSorted(byAge);
  const others = arns.filter((arn) => !isFailing(arn)).toSorted(byAge);

  const ordered: string[] = [];
  let [nextFailing, nextOther] = [0, 0];
  while (ordered.length < arns.length) {
    const isOthersTurn = ordered.length % turn === turn - 1;
    const next = isOthersTurn
      ? (others[nextOther] ?? failing[nextFailing])
      : (failing[nextFailing] ?? others[nextOther]);
    if (next === undefined) break;
    if (next === failing[nextFailing]) nextFailing += 1;
    else nextOther += 1;
    ordered.push(next);
  }
  return ordered;
}
