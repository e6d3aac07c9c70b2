import type { Changes } from '../../../model/changes/changes.ts';
import { formatChange } from '../../changes-words.ts';
import { type Markup, markup, nothing } from '../markup.ts';

/** What changed around the start, in order, that which fits the cause marked; nothing where it was not read. */
export function drawChanges(changes: Changes | undefined): Markup {
  if (changes === undefined) return nothing;
  const { entries, notes } = changes;
  const list =
    entries.length === 0
      ? markup`<p class="quiet">No change found around the start.</p>`
      : markup`<ol class="saw">${entries.map((entry) => (entry.fits ? markup`<li><b>${formatChange(entry)}</b></li>` : markup`<li>${formatChange(entry)}</li>`))}</ol>`;
  return markup`<section class="measured"><h5>What changed around the start</h5>${list}${notes.map((note) => markup`<p class="quiet">${note}.</p>`)}</section>`;
}
