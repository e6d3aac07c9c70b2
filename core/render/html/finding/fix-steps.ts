import type { Fix } from '../../../model/fix.ts';
import { cautionOf, type Labelled, linesOf, undoOf } from '../../fix-words.ts';
import { type Markup, markup, nothing } from '../markup.ts';

/** How to fix it, step by step, with commands to copy. */
export function drawFix(fix: Fix[]): Markup {
  if (fix.length === 0) return markup`<p class="quiet">Nothing has to be done.</p>`;
  return markup`<ol class="fix">${fix.map(drawStep)}</ol>`;
}

const drawStep = ({ text, verify, ...step }: Fix): Markup =>
  markup`<li><p>${text}</p>${cautionOf(step).map(drawCaution)}${linesOf(step).map(drawCommand)}${verify === undefined ? nothing : markup`<p class="verify">To see that it worked</p>${drawCommand(verify)}`}${undoOf(step).map(drawUndo)}</li>`;

const drawCaution = ({ label, text }: Labelled): Markup =>
  markup`<p class="${label === 'Careful' ? 'danger' : 'verify'}"><b>${label}:</b> ${text}</p>`;

const drawUndo = ({ words, command }: ReturnType<typeof undoOf>[number]): Markup =>
  markup`<p class="verify">${words}</p>${command === undefined ? nothing : drawCommand(command)}`;

/** A click into it marks all of it; where scripts run, a button copies it. */
const drawCommand = (command: string): Markup => markup`<div class="command"><pre tabindex="0">${command}</pre></div>`;
