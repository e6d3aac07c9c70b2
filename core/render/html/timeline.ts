import type { Moment } from '../../report.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { sayTime } from './time.ts';

/** What happened to a finding: a line with a mark for each moment, and the same in words. */
export function drawTimeline(moments: Moment[], finishedAt: string): Markup {
  const [first] = moments;
  if (first === undefined) return nothing;
  const start = Date.parse(first.at);
  const span = Math.max(Date.parse(finishedAt) - start, 1);
  const place = (at: string): string => `${(((Date.parse(at) - start) / span) * 100).toFixed(1)}%`;
  return markup`<div class="timeline"><div aria-hidden="true">${moments.map(
    ({ at, transition }) => markup`<i class="${transition}" style="left:${place(at)}"></i>`,
  )}</div><ol>${moments.map(({ at, transition }) => markup`<li><b>${transition}</b> ${sayTime(at)}</li>`)}</ol></div>`;
}
