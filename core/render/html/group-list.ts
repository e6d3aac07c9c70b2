import { drawChain, sayChain } from './chain.ts';
import { healthBar } from './health-bar.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { groupName, type Judged, stateNames } from './state.ts';

/** With more target groups than this the healthy ones get their chain in a line of text, to keep the page light. */
const mostDrawn = 100;

/** A line on every target group, cluster by cluster, with its chain. */
export function listGroups(judged: Judged[], addressOf: (judged: Judged) => string | null): Markup {
  if (judged.length === 0) return nothing;
  const isDrawn = judged.length <= mostDrawn;
  const clusters = Map.groupBy(judged, ({ group }) => group.cluster);
  const blocks = [...clusters].map(
    ([cluster, members]) =>
      markup`<details class="list"${judged.length <= 12 ? openAttribute : nothing}><summary><h3>${cluster ?? 'Owned by no cluster'}</h3> <span class="quiet">${members.length} target group${members.length === 1 ? '' : 's'}</span></summary>
<ul class="groups">${members.map((each) => line(each, addressOf(each), isDrawn))}</ul></details>`,
  );
  return markup`<section aria-labelledby="groups"><h2 id="groups">All target groups</h2>${blocks}</section>`;
}

const openAttribute: Markup = { html: ' open' };

function line({ group, state }: Judged, address: string | null, isDrawn: boolean): Markup {
  const { chain, read, service, namespace } = group;
  const verdict =
    address === null
      ? markup`<span class="state ${state}">${stateNames[state]}</span>`
      : markup`<a class="state ${state}" href="#${address}">${stateNames[state]}</a>`;
  const head = markup`<b>${groupName(group)}</b> ${verdict} ${read ? healthBar(group) : nothing}`;
  if (chain === undefined) return markup`<li>${head}</li>`;
  if (isDrawn && address === null) {
    const place = service === null ? null : `${namespace}/${service}`;
    return markup`<li>${head}<details class="more"><summary>Chain</summary>${drawChain(chain, { name: group.name, place, cause: undefined })}</details></li>`;
  }
  return markup`<li>${head}<small>${sayChain(chain)}</small></li>`;
}
