import { formatClientsPath } from '../text/clients-path-line.ts';
import { breakable } from './breakable.ts';
import { drawChain } from './finding/chain.ts';
import { formatChain } from './finding/chain-words.ts';
import { disclosure } from './finding/disclosure.ts';
import { drawZones } from './finding/zones.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { formatNumber } from './number.ts';
import { drawSparkline } from './sparkline.ts';
import type { AddressOf } from './state.ts';
import { groupName, type Judged, stateNames } from './state.ts';

/** With more target groups than this the healthy ones get their chain in a line of text, to keep the page light. */
const mostDrawn = 100;
const mostUnfolded = 12;

/** A line on every target group, cluster by cluster, with its chain. */
export function listGroups(judged: Judged[], addressOf: AddressOf): Markup {
  if (judged.length === 0) return nothing;
  const clusters = Map.groupBy(judged, ({ group }) => group.cluster);
  const isDrawn = judged.length <= mostDrawn;
  const blocks = [...clusters].map(
    ([cluster, members]) =>
      markup`<details class="list"${judged.length <= mostUnfolded ? openAttribute : nothing}><summary><h3>${cluster ?? 'Owned by no cluster'}</h3> <span class="quiet">${formatNumber(members.length)} target group${members.length === 1 ? '' : 's'}</span></summary>
<ul class="groups">${members.map((each) => line(each, addressOf(each), isDrawn))}</ul></details>`,
  );
  return markup`<section class="all" aria-labelledby="groups"><h2 id="groups">All target groups</h2>${blocks}</section>`;
}

const openAttribute: Markup = { html: ' open' };

function line({ group, state }: Judged, address: string | null, isDrawn: boolean): Markup {
  const { chain, read, service, namespace } = group;
  const verdict =
    address === null
      ? markup`<span class="state ${state}">${stateNames[state]}</span>`
      : markup`<a class="state ${state}" href="#${address}">${stateNames[state]}</a>`;
  const health = read ? markup`<span>${formatNumber(group.healthy)} of ${formatNumber(group.total)}</span>` : nothing;
  const path =
    group.clientsPath === undefined ? nothing : markup`<small>${formatClientsPath(group.clientsPath)}</small>`;
  const head = markup`<b>${breakable(groupName(group))}</b>${verdict}${health}${drawSparkline(group.sparkline)}`;
  if (chain === undefined) return markup`<li>${head}</li>`;
  if (isDrawn && address === null) {
    const place = service === null ? null : `${namespace}/${service}`;
    const drawing = markup`${drawChain(chain, { name: group.name, place, cause: undefined })}${drawZones(chain.zones)}`;
    return markup`<li>${head}${disclosure('Chain', drawing)}${path}</li>`;
  }
  return markup`<li>${head}<small>${formatChain(chain)}</small>${path}</li>`;
}
