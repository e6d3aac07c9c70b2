import { expect } from 'vitest';

/** Where a record and what we make of it differ, and which of the two is wrong. */
interface Difference {
  /** `file/record`, as in `data/`; a pattern where a whole kind differs. */
  record: RegExp;
  aspect: string;
  side: 'product' | 'lab';
  /** Who is wrong: the side itself, or the stand-in for AWS under which the controllers were recorded. */
  wrong: 'product' | 'lab' | 'record';
  why: string;
}

export const knownDifferences: Difference[] = [
  {
    record: /^lbc-3.5.0-refusals\/throttle-RegisterTargets\/instance$/,
    aspect: 'diagnosis',
    side: 'product',
    wrong: 'record',
    why: 'The record lasts for two attempts; the product speaks of throttling from the third on.',
  },
];

/** Which side answers about which aspect of which record. */
export interface Question {
  side: Difference['side'];
  record: string;
  aspect: string;
}

/** Requires the answer to be the recorded one, or to differ from it where that is written down. */
export function holds({ side, record, aspect }: Question, answer: unknown, recorded: unknown): void {
  const known = knownDifferences.find(
    (each) => each.side === side && each.aspect === aspect && each.record.test(record),
  );
  if (known === undefined) expect(answer, `${aspect} of ${record}`).toEqual(recorded);
  else expect(answer, `${aspect} of ${record} agrees by now: strike it from the list`).not.toEqual(recorded);
}
