import { breakable } from './breakable.ts';
import { type Markup, markup } from './markup.ts';
import type { AddressOf } from './state.ts';
import { groupName, type Judged, type State, stateNames } from './state.ts';
import { wordsOfGroup } from './words.ts';

/** A tile with name and health for each target group of a cluster that has few. */
export const drawTiles = (judged: Judged[], addressOf: AddressOf, marks: Record<State, string>): Markup =>
  markup`<ul class="tiles">${judged.map((each) => drawTile(each, addressOf(each), marks[each.state]))}</ul>`;

function drawTile(judged: Judged, address: string | null, mark: string): Markup {
  const { group, state } = judged;
  const words = wordsOfGroup(judged);
  const health = group.read ? `${group.healthy}/${group.total}` : '';
  const inside = markup`<i class="cell ${state}" aria-hidden="true">${mark}</i><span>${breakable(groupName(group))}</span><small><span class="unseen">${stateNames[state]}, healthy targets: </span>${health}</small>`;
  return address === null
    ? markup`<li class="tile" data-words="${words}">${inside}</li>`
    : markup`<li data-words="${words}"><a class="tile" href="#${address}">${inside}</a></li>`;
}
