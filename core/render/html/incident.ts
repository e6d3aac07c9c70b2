import { catalogue } from '../../catalogue.ts';
import type { Check, Fix } from '../../check.ts';
import type { Diagnosis } from '../../diagnosis.ts';
import type { GroupSummary, Moment, Report } from '../../report.ts';
import { isWrong, observationsOf, placeOf } from '../diagnoses.ts';
import { drawChain } from './chain.ts';
import { healthBar } from './health-bar.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { drawTimeline } from './timeline.ts';
import { drawTranscripts } from './transcripts.ts';

const checks = new Map<string | null, Check>(catalogue.map((check) => [check.id, check]));

export interface IncidentOptions {
  id: string;
  isOpen: boolean;
  group: GroupSummary | undefined;
  moments: Moment[];
  run: Report['run'];
}

/** One diagnosis in full: what is broken, how sure, what was seen, what was ruled out, what mends it. */
export function drawIncident(diagnosis: Diagnosis, { id, isOpen, group, moments, run }: IncidentOptions): Markup {
  const { title, cause, confidence, severity, groupHealth, targets } = diagnosis;
  const check = checks.get(cause);
  const failing = targets.length === 0 ? 'no target is registered' : reasonsOf(diagnosis);
  return markup`<details class="incident ${severity}" id="${id}"${isOpen ? open : nothing}><summary><h3>${title}</h3>
<p class="place"><span class="badge ${severity}">${severity}</span> <b>${placeOf(diagnosis)}</b> ${healthBar(groupHealth)}</p></summary>
<div class="body"><p class="badges"><code>${cause ?? 'unexplained'}</code> <span class="badge plain">${confidence}</span> ${drawTimeline(moments, run.finishedAt)}</p>
${group?.chain === undefined ? nothing : drawChain(group.chain, { name: group.name, place: group.service && `${group.namespace}/${group.service}`, cause: isWrong(diagnosis) ? check : undefined })}
<dl class="views"><div><dt>Seen by the load balancer</dt><dd>${groupHealth.healthy} of ${groupHealth.total} targets healthy; ${failing}</dd></div>
<div><dt>Seen by the auditor</dt><dd>${sayVantage(group)}</dd></div></dl>
<div class="columns"><section><h4>What was seen</h4>${observations(diagnosis)}</section>
<section><h4>${isWrong(diagnosis) ? 'What mends it' : 'What to do'}</h4>${diagnosis.fix.length === 0 ? markup`<p class="quiet">Nothing has to be done.</p>` : steps(diagnosis.fix)}</section></div>
${more('Why it happens', check === undefined ? nothing : markup`<p>${check.why.replace(/\s*\n\s*/g, ' ')}</p><ul>${check.links.map((link) => markup`<li><a href="${link}" rel="noreferrer">${link}</a></li>`)}</ul>`)}
${more(`Ruled out: ${diagnosis.ruledOut.length} other causes`, diagnosis.ruledOut.length === 0 ? nothing : markup`<p class="ids">${diagnosis.ruledOut.map((other) => markup`<code>${other}</code> `)}</p>`)}
${more(`Not known: ${diagnosis.unknown.length} earlier question${diagnosis.unknown.length === 1 ? '' : 's'}`, diagnosis.unknown.length === 0 ? nothing : markup`<ul>${diagnosis.unknown.map((each) => markup`<li><code>${each.check}</code> ${each.reason}. ${each.remedy}</li>`)}</ul>`)}
${more(`${targets.length} target${targets.length === 1 ? '' : 's'}`, targets.length === 0 ? nothing : markup`<p class="ids">${targets.map((target) => markup`<code>${target.id}:${target.port}</code> ${target.state} `)}</p>`)}
${group?.chain === undefined ? nothing : drawTranscripts(group.chain)}</div></details>`;
}

const open: Markup = { html: ' open' };

const more = (summary: string, body: Markup): Markup =>
  body === nothing ? nothing : markup`<details class="more"><summary>${summary}</summary>${body}</details>`;

/** `3 × Target.FailedHealthChecks`, most frequent first. */
function reasonsOf({ targets }: Diagnosis): string {
  const alike = Map.groupBy(targets, ({ reason, state }) => reason ?? state);
  return [...alike]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, { length }]) => `${length} × ${reason}`)
    .join(', ');
}

function sayVantage(group: GroupSummary | undefined): string {
  if (group?.chain === undefined) return 'not read';
  const { vantage, probes } = group.chain;
  if (vantage === 'outside') return 'no packet was sent: it ran outside of the VPC';
  if (probes.sent === 0) return 'no packet had to be sent';
  const alike = Map.groupBy(probes.transcripts, ({ purpose, outcome }) => `${purpose}: ${outcome}`);
  return `from inside the VPC, ${[...alike.keys()].slice(0, 3).join('; ')}`;
}

const mostObservations = 6;

function observations(diagnosis: Diagnosis): Markup {
  const all = observationsOf(diagnosis);
  const { mechanisms, coCauses, decidedBy, evidence } = diagnosis;
  const item = (saw: string): Markup => markup`<li>${saw}</li>`;
  const rest = all.slice(mostObservations);
  return markup`<ul class="saw">${all.slice(0, mostObservations).map(item)}</ul>
${rest.length === 0 ? nothing : markup`<details class="more"><summary>${rest.length} more</summary><ul class="saw">${rest.map(item)}</ul></details>`}
${pair('Expected', evidence[0]?.expected ?? '')}${pair('Leads to', mechanisms.join(', '))}${pair('Also broken', coCauses.join(', '))}${pair('Would settle it', decidedBy ?? '')}`;
}

const pair = (label: string, text: string): Markup =>
  text === '' ? nothing : markup`<p class="pair"><span>${label}</span> ${text}</p>`;

const steps = (fix: Fix[]): Markup =>
  markup`<ol class="fix">${fix.map(
    ({ text, command, danger, verify }) =>
      markup`<li><p>${text}</p>${command === undefined ? nothing : markup`<pre tabindex="0">${command}</pre>`}${danger === undefined ? nothing : markup`<p class="danger"><b>Careful:</b> ${danger}</p>`}${verify === undefined ? nothing : markup`<p class="quiet">To see that it worked</p><pre tabindex="0">${verify}</pre>`}</li>`,
  )}</ol>`;
