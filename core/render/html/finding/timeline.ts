import type { Moment } from '../../../model/report.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { formatDuration, formatTime } from '../time.ts';

interface Stretch {
  from: number;
  to: number;
  isOpen: boolean;
}

/** When a finding was there and when it was not, as a bar up to now, and the same in words. */
export function drawTimeline(moments: Moment[], finishedAt: string): Markup {
  const [first] = moments;
  if (first === undefined) return nothing;
  const start = Date.parse(first.at);
  const now = Date.parse(finishedAt);
  const span = Math.max(now - start, 1);
  const bars = stretches(moments, now).map(
    ({ from, to, isOpen }) =>
      markup`<i class="${isOpen ? 'ill' : 'well'}" style="width:${(((to - from) / span) * 100).toFixed(2)}%"></i>`,
  );
  return markup`<section class="timeline"><h5>History</h5><div aria-hidden="true">${bars}</div><ol>${moments.map(({ at, transition }) => markup`<li class="${transition}"><b>${transition}</b> ${formatTime(at)}</li>`)}</ol></section>`;
}

/** `for 31 min`, or `new` in the run that saw it first; nothing where no memory was read. */
export function formatSince(moments: Moment[], finishedAt: string): string {
  const opened = moments.findLast(({ transition }) => transition === 'opened');
  if (opened === undefined) return '';
  const lasted = Date.parse(finishedAt) - Date.parse(opened.at);
  return lasted < 1000 ? 'new' : `for ${formatDuration(lasted)}`;
}

function stretches(moments: Moment[], now: number): Stretch[] {
  return moments.map(({ at, transition }, index) => ({
    from: Date.parse(at),
    to: index + 1 < moments.length ? Date.parse(moments[index + 1]?.at ?? at) : now,
    isOpen: transition !== 'resolved',
  }));
}
