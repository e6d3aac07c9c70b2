import { catalogue } from '../../../diagnosis/catalogue.ts';
import type { Check } from '../../../diagnosis/check.ts';
import { observationsOf } from '../../../diagnosis/diagnoses.ts';
import { type Diagnosis, isWrong } from '../../../model/diagnosis.ts';
import type { GroupSummary, Moment } from '../../../model/report.ts';
import { breakable } from '../breakable.ts';
import { healthBar } from '../health-bar.ts';
import { type Markup, markup, nothing, raw } from '../markup.ts';
import { wordsOfFinding } from '../words.ts';
import { drawChain } from './chain.ts';
import { drawChanges } from './changes.ts';
import { drawDifferences } from './differences.ts';
import { disclosure } from './disclosure.ts';
import { drawFix } from './fix-steps.ts';
import { drawMeasured } from './measured.ts';
import { drawTimeline, formatSince } from './timeline.ts';
import { drawTranscripts } from './transcripts.ts';
import { drawVantages } from './vantages.ts';

/** A diagnosis with its address on the page and what is known around it. */
export interface FindingView {
  diagnosis: Diagnosis;
  address: string;
  isOpen: boolean;
  group: GroupSummary | undefined;
  moments: Moment[];
  finishedAt: string;
}

export const checksById = new Map<string | null, Check>(catalogue.map((check) => [check.id, check]));

/** One diagnosis in full: what is broken, how sure, what fixes it, what was seen, what was ruled out. */
export function drawFinding({ diagnosis, address, isOpen, group, moments, finishedAt }: FindingView): Markup {
  const { confidence, groupHealth, ruledOut, targets, fix, cause } = diagnosis;
  const chain = group?.chain;
  const place = group?.service ? `${group.namespace}/${group.service}` : null;
  const since = isWrong(diagnosis) ? formatSince(moments, finishedAt) : '';
  // The address is inside, so that a link to it unfolds what is around it.
  return markup`<details class="finding" data-words="${wordsOfFinding(diagnosis, group?.name)}"${isOpen ? open : nothing}><summary><h4>${placeIn(diagnosis)}</h4> ${healthBar(groupHealth)}<span class="sure ${confidence}">${confidence}</span>${since === '' ? nothing : markup`<span class="since">${since}</span>`}</summary>
<div class="body" id="${address}">${drawUnknown(diagnosis)}
<div class="columns"><section><h5>${isWrong(diagnosis) ? 'How to fix it' : 'What to do'}</h5>${drawFix(fix)}</section>
<section><h5>What was seen</h5>${drawObservations(diagnosis)}${drawDifferences(diagnosis.changedSinceHealthy)}</section></div>
${chain === undefined ? nothing : drawChain(chain, { name: group?.name ?? '', place, cause: isWrong(diagnosis) ? checksById.get(cause) : undefined })}
${chain === undefined ? nothing : drawVantages(diagnosis, chain)}
${drawMeasured(diagnosis.measured, group?.sparkline)}
${drawChanges(diagnosis.changes)}
${drawTimeline(moments, finishedAt)}
${chain === undefined ? nothing : drawTranscripts(chain)}
${disclosure(`${targets.length} target${targets.length === 1 ? '' : 's'}`, targets.length === 0 ? nothing : markup`<ul class="targets">${targets.map(({ id, port, state, reason }) => markup`<li><code>${id}:${port}</code> ${state}${reason === null ? '' : `, ${reason}`}</li>`)}</ul>`)}
${disclosure(`Ruled out: ${ruledOut.length} other cause${ruledOut.length === 1 ? '' : 's'}`, ruledOut.length === 0 ? nothing : markup`<p class="ids">${ruledOut.join('\n')}</p>`)}</div></details>`;
}

const open = raw(' open');

function placeIn({ cluster, namespace, service, targetGroupArn }: Diagnosis): Markup {
  if (service === null) return markup`${targetGroupArn.split(':targetgroup/')[1]?.split('/')[0] ?? targetGroupArn}`;
  return markup`<span>${cluster}</span> ${breakable(`${namespace}/${service}`)}`;
}

/** Questions that come before the cause and have no answer: said first, because they weaken it. */
function drawUnknown({ unknown, verdict }: Diagnosis): Markup {
  if (unknown.length === 0) return nothing;
  const [lead, ...rest] = unknown.map(
    ({ check, reason, remedy }) => markup`<li><code>${check}</code> ${reason}. ${remedy}</li>`,
  );
  return markup`<aside class="unknown" aria-label="Not known"><p><b>Not known.</b> ${verdict === 'unexplained' ? 'The cause may be among these, which had no answer:' : 'The cause below may not be the first, since these earlier questions have no answer:'}</p><ul>${lead ?? nothing}</ul>${rest.length === 0 ? nothing : disclosure(`and ${rest.length} more`, markup`<ul>${rest}</ul>`)}</aside>`;
}

const mostObservations = 5;

function drawObservations(diagnosis: Diagnosis): Markup {
  const all = observationsOf(diagnosis).map((saw) => markup`<li>${saw}</li>`);
  const { mechanisms, coCauses, decidedBy, evidence } = diagnosis;
  const rest = all.slice(mostObservations);
  return markup`<ul class="saw">${all.slice(0, mostObservations)}</ul>
${disclosure(`${rest.length} more`, rest.length === 0 ? nothing : markup`<ul class="saw">${rest}</ul>`)}
<dl class="pairs">${pair('Expected', evidence[0]?.expected ?? '')}${pair('Leads to', mechanisms.join(', '))}${pair('Also broken', coCauses.join(', '))}${pair('Would settle it', decidedBy ?? '')}</dl>`;
}

const pair = (label: string, text: string): Markup =>
  text === '' ? nothing : markup`<div><dt>${label}</dt><dd>${text}</dd></div>`;
