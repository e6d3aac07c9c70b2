import type { Chain, Transcript } from '../../../model/chain.ts';
import type { Diagnosis } from '../../../model/diagnosis.ts';
import { formatNumber } from '../../number.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { formatMilliseconds } from '../time.ts';
import { formatPurpose } from './purpose.ts';
import { drawZones } from './zones.ts';

const mostAnswers = 5;

/** The same targets as two see them: Elastic Load Balancing by its health checks, and the auditor by its probes. */
export function drawVantages(diagnosis: Diagnosis, chain: Chain): Markup {
  const { groupHealth } = diagnosis;
  const verdict =
    groupHealth.total === 0
      ? 'no target is registered'
      : `${formatNumber(groupHealth.healthy)} of ${formatNumber(groupHealth.total)} healthy`;
  return markup`<div class="views"><section><h5>What the load balancer sees</h5>
<ul class="rays"><li class="${groupHealth.healthy < groupHealth.total ? 'bad' : 'good'}"><span>${chain.targetGroup.healthCheck}</span><b>${verdict}</b><small>${reasonsOf(diagnosis)}</small></li></ul>
${drawZones(chain.zones)}</section>
<section><h5>What the auditor sees</h5>${drawAnswers(chain)}</section></div>`;
}

/** `3 × Target.FailedHealthChecks`, most frequent first. */
function reasonsOf({ targets }: Diagnosis): string {
  const alike = Map.groupBy(targets, ({ reason, state }) => reason ?? state);
  return [...alike]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, { length }]) => `${length} × ${reason}`)
    .join(', ');
}

/** One line for each question that was put to the targets and each answer to it. */
function drawAnswers({ vantage, probes }: Chain): Markup {
  if (vantage === 'outside')
    return said('It ran outside the VPC, so no packet was sent: there is no direct evidence about the network.');
  if (probes.sent === 0) return said('No packet had to be sent.');
  const alike = [...Map.groupBy(probes.transcripts, ({ purpose, outcome }) => `${purpose} ${outcome}`).values()];
  const shown = alike.slice(0, mostAnswers);
  const left = alike.length - shown.length;
  return markup`<ul class="rays">${shown.map(drawAnswer)}</ul>${left > 0 ? said(`and ${left} other answer${left === 1 ? '' : 's'}, below`) : nothing}`;
}

function drawAnswer([first]: Transcript[]): Markup {
  if (first === undefined) return nothing;
  return markup`<li><span>${formatPurpose(first.purpose)}</span><b>${first.outcome}</b><small>${formatMilliseconds(first.timings.totalMs)}</small></li>`;
}

const said = (text: string): Markup => markup`<p class="quiet">${text}</p>`;
