import { expect } from 'vitest';

/** Where the real controller and the lab, or the product, differ in a case, and which side is wrong. */
interface Difference {
  side: 'lab' | 'product';
  name: string;
  aspect: string;
  /** `stand-in` = moto or its bridge. */
  wrong: 'lab' | 'product' | 'stand-in';
  why: string;
}

export const knownDifferences: Difference[] = [];

/** How the comparisons went. */
export interface Score {
  agreed: number;
  known: number;
  differed: number;
}

/** Requires the same of both, or the difference that is written down. */
export function holds(
  { side, name, aspect, score }: Pick<Difference, 'side' | 'name' | 'aspect'> & { score: Score },
  ours: unknown,
  real: unknown,
): void {
  const known = knownDifferences.find((each) => each.side === side && each.name === name && each.aspect === aspect);
  const outcome = isEqual(ours, real) ? 'agreed' : known === undefined ? 'differed' : 'known';
  score[outcome] += 1;
  if (known === undefined) expect.soft(ours, `${aspect} of ${name} (${side})`).toEqual(real);
  else expect.soft(ours, `${aspect} of ${name} (${side}) agrees by now: strike it`).not.toEqual(real);
}

/** As `toEqual` compares. */
function isEqual(ours: unknown, real: unknown): boolean {
  try {
    expect(ours).toEqual(real);
    return true;
  } catch {
    return false;
  }
}
