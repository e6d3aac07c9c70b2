import type { Chain, Transcript } from '../../chain.ts';
import { type Markup, markup, nothing } from './markup.ts';

const purposes: Partial<Record<Transcript['purpose'], string>> = {
  'health-check': 'the health check',
  'health-check-again': 'the health check again',
  'traffic-port': 'the traffic port',
  'kube-proxy': "kube-proxy's answer for the Service",
  'kube-proxy-healthz': "kube-proxy's own health",
  pod: 'the pod itself',
  'readiness-path': 'the path of the readiness probe',
  'other-scheme': 'HTTP for HTTPS or the reverse',
  'other-host': 'another Host header',
  'tls-1.2': 'TLS 1.2 at most',
  'with-proxy-header': 'with a Proxy Protocol header',
  'without-proxy-header': 'without a Proxy Protocol header',
  'expected-check': 'the check that the Service asks for',
};

/** What packets sent by the auditor met, with the time that each phase took. */
export function drawTranscripts({ probes }: Chain): Markup {
  if (probes.transcripts.length === 0) return nothing;
  const longest = Math.max(...probes.transcripts.map(({ timings }) => timings.totalMs), 1);
  const left = probes.sent - probes.transcripts.length;
  return markup`<details class="more"><summary>${probes.sent} probe${probes.sent === 1 ? '' : 's'} sent by the auditor</summary>
<ol class="probes">${probes.transcripts.map((transcript) => row(transcript, longest))}</ol>${left > 0 ? markup`<p class="quiet">and ${left} more</p>` : nothing}</details>`;
}

const row = ({ purpose, target, request, outcome, timings }: Transcript, longest: number): Markup =>
  markup`<li><code>${request}</code> <b>${outcome}</b><span class="quiet">${purposes[purpose] ?? purpose}, target ${target}; ${sayTimings(timings)}</span>${bar(timings, longest)}</li>`;

/** `connected after 1 ms, first byte after 3 ms, done after 4 ms`. */
function sayTimings({ connectMs, tlsMs, firstByteMs, totalMs }: Transcript['timings']): string {
  const phase = (word: string, time: number | undefined): string[] =>
    time === undefined ? [] : [`${word} after ${milliseconds(time)}`];
  return [
    ...phase('connected', connectMs),
    ...phase('TLS', tlsMs),
    ...phase('first byte', firstByteMs),
    ...phase('done', totalMs),
  ].join(', ');
}

const milliseconds = (time: number): string => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;

/** One stretch for each phase, as long as it took. */
function bar({ connectMs, tlsMs, firstByteMs, totalMs }: Transcript['timings'], longest: number): Markup {
  const ends = [
    ['connect', connectMs ?? totalMs],
    ['tls', tlsMs],
    ['wait', firstByteMs],
    ['rest', totalMs],
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
