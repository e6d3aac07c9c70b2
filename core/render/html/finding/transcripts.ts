import type { Chain, Transcript } from '../../../model/chain.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { formatMilliseconds } from '../time.ts';
import { disclosure } from './disclosure.ts';
import { formatPurpose } from './purpose.ts';

/** What packets sent by the auditor met, with the time that each phase took. */
export function drawTranscripts({ probes }: Chain): Markup {
  if (probes.transcripts.length === 0) return nothing;
  const longest = Math.max(...probes.transcripts.map(({ timings }) => timings.totalMs), 1);
  const left = probes.sent - probes.transcripts.length;
  return disclosure(
    `${probes.sent} probe${probes.sent === 1 ? '' : 's'} sent by the auditor`,
    markup`<p class="phase-legend" aria-hidden="true">${legend}</p>
<ol class="probes">${probes.transcripts.map((transcript) => row(transcript, longest))}</ol>${left > 0 ? markup`<p class="quiet">and ${left} more with similar answers</p>` : nothing}`,
  );
}

const legend = [
  ['connect', 'connecting'],
  ['tls', 'TLS'],
  ['wait', 'waiting for the first byte'],
  ['read', 'reading'],
].map(([phase, word]) => markup`<span><i class="${phase ?? ''}"></i>${word ?? ''}</span>`);

const row = ({ purpose, target, request, outcome, timings }: Transcript, longest: number): Markup =>
  markup`<li><code>${request}</code> <b>${outcome}</b>${bar(timings, longest)}<small>${formatPurpose(purpose)} · target ${target} · ${formatTimings(timings)}</small></li>`;

/** `connected after 1 ms, first byte after 3 ms, done after 4 ms`. */
function formatTimings({ connectMs, tlsMs, firstByteMs, totalMs }: Transcript['timings']): string {
  const phase = (word: string, time: number | undefined): string[] =>
    time === undefined ? [] : [`${word} after ${formatMilliseconds(time)}`];
  return [
    ...phase('connected', connectMs),
    ...phase('TLS', tlsMs),
    ...phase('first byte', firstByteMs),
    ...phase('done', totalMs),
  ].join(', ');
}

/** One stretch for each phase, as long as it took. */
function bar({ connectMs, tlsMs, firstByteMs, totalMs }: Transcript['timings'], longest: number): Markup {
  const ends = [
    ['connect', connectMs ?? totalMs],
    ['tls', tlsMs],
    ['wait', firstByteMs],
    ['read', totalMs],
  ] as const;
  let start = 0;
  const stretches = ends.flatMap(([phase, end]) => {
    if (end === undefined || end <= start) return [];
    const width = ((end - start) / longest) * 100;
    start = end;
    return [markup`<i class="${phase}" style="width:${width.toFixed(2)}%"></i>`];
  });
  return markup`<span class="phases" aria-hidden="true">${stretches}</span>`;
}
