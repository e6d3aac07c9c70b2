import { formatNumber } from '../number.ts';
import { formatWhere } from '../where-words.ts';
import type { Cause } from './finding/cause.ts';
import { formatSince } from './finding/timeline.ts';
import { type Markup, markup, nothing, raw } from './markup.ts';

/** What is wrong, a line for each cause: the first thing that somebody who was woken up has to see. */
export function listCauses(causes: Cause[]): Markup {
  if (causes.length < 2) return nothing;
  const isDated = causes.some(({ findings }) => findings.some(({ moments }) => moments.length > 0));
  return markup`<section class="overview" aria-labelledby="overview"><h2 id="overview">What is wrong</h2><ol${isDated ? dated : nothing}>${causes.map(drawLine)}</ol></section>`;
}

const dated = raw(' class="dated"');

function drawLine({ address, title, severity, findings }: Cause): Markup {
  const [first] = findings;
  const targets = findings.reduce((sum, { diagnosis }) => sum + diagnosis.targets.length, 0);
  const since = first !== undefined && findings.length === 1 ? formatSince(first.moments, first.finishedAt) : '';
  // One finding: straight to it, and it unfolds; many: to the head of the list.
  const target = first !== undefined && findings.length === 1 ? first.address : address;
  return markup`<li class="${severity}" data-of="${address}"><a href="#${target}">${title}</a><span>${formatWhere(findings.map(({ diagnosis }) => diagnosis))}</span><b>${targets === 0 ? 'no target' : `${formatNumber(targets)} target${targets === 1 ? '' : 's'}`}</b>${since === '' ? nothing : markup`<small>${since}</small>`}</li>`;
}
