import type { Fix } from '../../../model/fix.ts';
import { type Markup, markup, nothing } from '../markup.ts';

/** How to fix it, step by step, with commands to copy. */
export function drawFix(fix: Fix[]): Markup {
  if (fix.length === 0) return markup`<p class="quiet">Nothing has to be done.</p>`;
  return markup`<ol class="fix">${fix.map(drawStep)}</ol>`;
}

const drawStep = ({ text, command, danger, verify }: Fix): Markup =>
  markup`<li><p>${text}</p>${danger === undefined ? nothing : markup`<p class="danger"><b>Careful:</b> ${danger}</p>`}${command === undefined ? nothing : drawCommand(command)}${verify === undefined ? nothing : markup`<p class="verify">To see that it worked</p>${drawCommand(verify)}`}</li>`;

/** A click into it marks all of it; where scripts run, a button copies it. */
const drawCommand = (command: string): Markup => markup`<div class="command"><pre tabindex="0">${command}</pre></div>`;
