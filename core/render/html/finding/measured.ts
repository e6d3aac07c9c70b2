import type { Measured, Sparkline } from '../../../model/metrics/measured.ts';
import { formatMeasured } from '../../measured-words.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { drawSparkline } from '../sparkline.ts';

/** What CloudWatch counted before the run, drawn and in words. */
export function drawMeasured(measured: Measured | undefined, sparkline: Sparkline | undefined): Markup {
  if (measured === undefined) return nothing;
  const begin = sparkline?.from.slice(11, 16) ?? '';
  const axis = markup`<p class="axis" aria-hidden="true"><span>${begin} UTC</span><span>now</span></p>`;
  return markup`<section class="measured"><h5>Unhealthy targets in the hours before</h5>${drawSparkline(sparkline)}${sparkline === undefined ? nothing : axis}<ul class="saw">${formatMeasured(measured).map((line) => markup`<li>${line}</li>`)}</ul></section>`;
}
