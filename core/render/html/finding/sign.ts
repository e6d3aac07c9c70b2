import type { Tally } from '../../../model/chain.ts';
import { type Markup, markup } from '../markup.ts';

/** How a link of the chain is, at a glance. */
export type Sign = 'well' | 'partly' | 'bad' | 'unknown';

/** Each sign in words, the best first. */
export const signWords: Record<Sign, string> = {
  well: 'fine',
  partly: 'partly fine',
  bad: 'not fine',
  unknown: 'not known',
};

/** The sign as a small picture that is read aloud in words. */
export const drawSign = (sign: Sign): Markup =>
  markup`<i class="sign ${sign}" role="img" aria-label="${signWords[sign]}"></i>`;

/** The sign of so many that are ready. */
export function signOf(tally: Tally | null): Sign {
  if (tally === null) return 'unknown';
  if (tally.ready === 0) return 'bad';
  return tally.ready < tally.total ? 'partly' : 'well';
}
