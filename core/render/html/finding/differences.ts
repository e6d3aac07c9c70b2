import type { Difference } from '../../../model/diagnosis.ts';
import { type Markup, markup, nothing } from '../markup.ts';

/** What is set up in another way than when the target group was last healthy; nothing where no memory was read. */
export function drawDifferences(differences: Difference[] | undefined): Markup {
  if (differences === undefined) return nothing;
  return markup`<h5 class="since-healthy">Changed since it was last healthy</h5>${
    differences.length === 0
      ? markup`<p class="quiet">Nothing of what is remembered.</p>`
      : markup`<ul class="differences">${differences.map(drawDifference)}</ul>`
  }`;
}

const drawDifference = ({ what, before, now }: Difference): Markup =>
  markup`<li><b>${what}</b>${before === null ? nothing : markup`<del>${before}</del>`}${now === null ? markup`<span>is not there any more</span>` : markup`<ins>${now}</ins>`}</li>`;
