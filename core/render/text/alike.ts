import { placeOf } from '../../diagnosis/diagnoses.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { compareText } from '../../model/target-group-context.ts';
import { formatWhere } from '../where-words.ts';
import type { TextOptions } from './text-options.ts';
import { wrap } from './wrap.ts';

/** With more Services than this only the first of a cause is shown in full. */
const mostInFull = 5;

/** Diagnoses of the same cause together, causes in the order in which they come, Services by name. */
export const byCause = <Each extends Diagnosis>(diagnoses: Each[]): Each[][] =>
  [...Map.groupBy(diagnoses, ({ cause }) => cause).values()].map((alike) =>
    alike.toSorted((a, b) => compareText(placeOf(a), placeOf(b))),
  );

/** Those of one cause that are shown in full, and a line on each of the others. */
export function shorten<Each extends Diagnosis>(
  alike: Each[],
  { width, verbose }: TextOptions,
): { inFull: Each[]; rest: string[] } {
  if (verbose || alike.length <= mostInFull) return { inFull: alike, rest: [] };
  const others = alike.slice(1);
  const title = `${formatWhere(others)} with the same cause, ${alike[0]?.cause ?? 'unexplained'}; --verbose shows each in full:`;
  const places = others.map(
    ({ groupHealth: { healthy, total }, ...each }) => `  ${placeOf(each)}  ${healthy}/${total}`,
  );
  return { inFull: alike.slice(0, 1), rest: [...wrap(title, width - 2, '  '), ...places.map((place) => `  ${place}`)] };
}
