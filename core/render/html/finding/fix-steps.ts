import type { Fix } from '../../../model/fix.ts';
import { cautionOf, type FixForm, formsOf, type Labelled, undoOf } from '../../fix-words.ts';
import { type Markup, markup, nothing } from '../markup.ts';

/** How to fix it, step by step, with commands to copy. */
export function drawFix(fix: Fix[]): Markup {
  if (fix.length === 0) return markup`<p class="quiet">Nothing has to be done.</p>`;
  return markup`<ol class="fix">${fix.map(drawStep)}</ol>`;
}

const drawStep = ({ text, verify, ...step }: Fix): Markup =>
  markup`<li><p>${text}</p>${cautionOf(step).map(drawCaution)}${drawForms(formsOf(step))}${verify === undefined ? nothing : markup`<p class="verify">To see that it worked</p>${drawCommand(verify)}`}${undoOf(step).map(drawUndo)}</li>`;

/** Both forms of a step as tabs that open without a script, the one for its owner first. */
const drawForms = (forms: FixForm[]): Markup =>
  forms.length < 2
    ? markup`${forms.flatMap(({ lines }) => lines.map(drawCommand))}`
    : markup`<div class="forms">${forms.map(drawForm)}</div>`;

const drawForm = ({ title, lines, kind }: FixForm, index: number): Markup =>
  markup`<details class="form"${index === 0 ? openly : nothing}><summary>${kind === 'manifest' ? 'Manifest' : 'Command'}</summary>${title === '' ? nothing : markup`<p>${title}</p>`}${lines.map(drawCommand)}</details>`;

const openly = markup` open`;

const drawCaution = ({ label, text }: Labelled): Markup =>
  markup`<p class="${label === 'Careful' ? 'danger' : 'verify'}"><b>${label}:</b> ${text}</p>`;

const drawUndo = ({ words, command }: ReturnType<typeof undoOf>[number]): Markup =>
  markup`<p class="verify">${words}</p>${command === undefined ? nothing : drawCommand(command)}`;

/** A click into it marks all of it; where scripts run, a button copies it. Lines break at spaces, and not after each hyphen. */
const drawCommand = (command: string): Markup =>
  markup`<div class="command"><pre tabindex="0">${command.split(/(\S*-\S*)/).map((part) => (part.includes('-') ? markup`<i>${part}</i>` : part))}</pre></div>`;
