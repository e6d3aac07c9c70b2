import { healthInList } from '../health-words.ts';
import { formatNumber } from '../number.ts';
import { formatClientsPath } from '../text/clients-path-line.ts';
import { breakable } from './breakable.ts';
import { drawChain } from './finding/chain.ts';
import { formatChain } from './finding/chain-words.ts';
import { disclosure } from './finding/disclosure.ts';
import { drawZones } from './finding/zones.ts';
import { type Markup, markup, nothing, raw } from './markup.ts';
import type { Rows } from './rows.ts';
import { drawSparkline } from './sparkline.ts';
import type { AddressOf } from './state.ts';
import { groupName, type Judged, stateNames } from './state.ts';
import { wordsOfGroup } from './words.ts';

const mostUnfolded = 12;

/** A line on every target group, cluster by cluster, with its chain. */
export function listGroups(judged: Judged[], addressOf: AddressOf, rows: Rows | null): Markup {
  if (judged.length === 0) return nothing;
  const clusters = Map.groupBy(judged, ({ group }) => group.cluster);
  const list = (members: Judged[]): Markup => {
    if (rows === null)
      return markup`<ul class="groups">${members.map((each) => line(each, addressOf(each), rows === null))}</ul>`;
    const kept = members.map((each) => ({ words: wordsOfGroup(each), html: line(each, addressOf(each), false) }));
    return markup`<ul class="groups" data-rows="${rows.keep(kept)}"></ul>`;
  };
  const blocks = [...clusters].map(
    ([cluster, members]) =>
      markup`<details class="list"${judged.length <= mostUnfolded ? openAttribute : nothing}><summary><h3>${cluster ?? 'Owned by no cluster'}</h3> <span class="quiet"><span data-count="${formatNumber(members.length)}">${formatNumber(members.length)}</span> target group${members.length === 1 ? '' : 's'}</span></summary>
${list(members)}</details>`,
  );
  return markup`<section class="all" aria-labelledby="groups"><h2 id="groups">All target groups</h2>${blocks}</section>`;
}

const openAttribute = raw(' open');

/** One line; without scripts the chain of a healthy one is drawn, else it is a line of text, to keep the page light. */
function line(judged: Judged, address: string | null, isDrawn: boolean): Markup {
  const { group, state } = judged;
  const { chain, read, service, namespace } = group;
  const verdict =
    address === null
      ? markup`<span class="state ${state}">${stateNames[state]}</span>`
      : markup`<a class="state ${state}" href="#${address}">${stateNames[state]}</a>`;
  const health = read ? markup`<span>${healthInList(group)}</span>` : nothing;
  const path =
    group.clientsPath === undefined ? nothing : markup`<small>${formatClientsPath(group.clientsPath)}</small>`;
  const head = markup`<b>${breakable(groupName(group))}</b>${verdict}${health}${drawSparkline(group.sparkline)}`;
  if (chain === undefined) return markup`<li data-words="${wordsOfGroup(judged)}">${head}</li>`;
  if (isDrawn && address === null) {
    const place = service === null ? null : `${namespace}/${service}`;
    const drawing = markup`${drawChain(chain, { name: group.name, place, cause: undefined })}${drawZones(chain.zones)}`;
    return markup`<li data-words="${wordsOfGroup(judged)}">${head}${disclosure('Chain', drawing)}${path}</li>`;
  }
  return markup`<li data-words="${wordsOfGroup(judged)}">${head}<small>${formatChain(chain)}</small>${path}</li>`;
}
