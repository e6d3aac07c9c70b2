import type { ChainZone } from '../../../model/chain.ts';
import { formatNumber } from '../../number.ts';
import { type Markup, markup, nothing } from '../markup.ts';

/** With more targets than this in a zone they are drawn as a bar. */
const mostDots = 12;

/** A row for each zone with a dot for each target, so that a fault of one zone shows as one. */
export function drawZones(zones: ChainZone[]): Markup {
  if (zones.length === 0) return nothing;
  return markup`<ul class="zones" aria-label="Zones">${zones.map(drawZone)}</ul>`;
}

function drawZone({ name, enabled, healthy, targets }: ChainZone): Markup {
  const state = targets === 0 ? 'none' : healthy === 0 ? 'bad' : healthy < targets ? 'some' : 'good';
  const count = targets === 0 ? 'no target' : `${formatNumber(healthy)} of ${formatNumber(targets)} healthy`;
  return markup`<li class="${state}"><b>${name}</b>${targets > mostDots ? bar(healthy / targets) : dots(healthy, targets)}<span>${count}${enabled ? '' : ', zone not enabled on the load balancer'}</span></li>`;
}

const dots = (healthy: number, targets: number): Markup =>
  markup`<i class="dots" aria-hidden="true">${Array.from({ length: targets }, (_, index) => (index < healthy ? markup`<i></i>` : markup`<i class="ill"></i>`))}</i>`;

const bar = (share: number): Markup =>
  markup`<i class="bar" aria-hidden="true"><i style="width:${(share * 100).toFixed(1)}%"></i></i>`;
