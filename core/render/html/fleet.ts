import { compareText } from '../../model/target-group-context.ts';
import { healthInList } from '../health-words.ts';
import { formatNumber } from '../number.ts';
import { drawTiles } from './fleet-tiles.ts';
import { healthBar } from './health-bar.ts';
import { type Markup, markup, nothing } from './markup.ts';
import type { Rows } from './rows.ts';
import type { AddressOf } from './state.ts';
import { groupName, type Judged, marks, stateNames, states } from './state.ts';
import { wordsOfGroup } from './words.ts';

/** With more target groups than this all over they lose their names. */
const mostNamed = 40;
/** A cluster with more than this takes the whole width. */
const mostInColumn = 250;

/** Every target group of every cluster: what is wrong stands out however many there are. */
export function drawFleet(judged: Judged[], addressOf: AddressOf, rows: Rows | null): Markup {
  if (judged.length < 2) return nothing;
  const clusters = [...Map.groupBy(judged, ({ group }) => group.cluster)].toSorted(
    ([a, left], [b, right]) => countWrong(right) - countWrong(left) || compareText(a ?? '~', b ?? '~'),
  );
  const draw = (members: Judged[]): Markup =>
    judged.length <= mostNamed ? drawTiles(members, addressOf, marks) : drawCells(members, addressOf, rows);
  return markup`<section class="map" aria-labelledby="fleet"><h2 id="fleet">Fleet</h2>
<p class="legend" aria-hidden="true">${states.filter((state) => judged.some((each) => each.state === state)).map((state) => markup`<span><i class="cell ${state}">${marks[state]}</i> ${stateNames[state]}</span>`)}</p>
<div class="fleet">${clusters.map(([cluster, members]) => drawCluster(cluster, members, draw))}</div></section>`;
}

const countWrong = (judged: Judged[]): number => judged.filter(({ state }) => state === 'wrong').length;

function drawCluster(cluster: string | null, judged: Judged[], draw: (judged: Judged[]) => Markup): Markup {
  const healthy = judged.reduce((sum, { group }) => sum + group.healthy, 0);
  const total = judged.reduce((sum, { group }) => sum + group.total, 0);
  const counts = states.flatMap((state) => {
    const count = judged.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${formatNumber(count)} ${stateNames[state]}`];
  });
  const size = judged.length > mostInColumn ? ' large' : '';
  return markup`<article class="cluster${size}"><header><h3>${cluster ?? 'Owned by no cluster'}</h3>${healthBar({ healthy, total })}</header><p class="quiet">${counts.join(' · ')}</p>
${draw(judged)}</article>`;
}

/** Squares, those of a namespace behind its name. */
function drawCells(judged: Judged[], addressOf: AddressOf, rows: Rows | null): Markup {
  const namespaces = Map.groupBy(judged, ({ group }) => group.namespace ?? 'no namespace');
  const cells = [...namespaces].flatMap(([namespace, members]) =>
    members.map((each) => ({
      words: wordsOfGroup(each),
      html: drawCell(each, addressOf(each)),
      lead: markup`<b>${namespace}</b>`,
    })),
  );
  if (rows !== null) return markup`<p class="cells" data-rows="${rows.keep(cells)}"></p>`;
  return markup`<p class="cells">${cells.map(({ html, lead }, index) => markup`${lead.pieces[0] === cells[index - 1]?.lead.pieces[0] ? nothing : lead}${html}`)}</p>`;
}

function drawCell(judged: Judged, address: string | null): Markup {
  const { group, state } = judged;
  const words = wordsOfGroup(judged);
  const label = `${groupName(group)}: ${state === 'unread' ? 'not read' : `${healthInList(group)}${group.total === 0 ? '' : ' healthy'}, ${stateNames[state]}`}`;
  return address === null
    ? markup`<i class="cell ${state}" data-words="${words}" title="${label}">${marks[state]}</i>`
    : markup`<a class="cell ${state}" data-words="${words}" href="#${address}" title="${label}" aria-label="${label}">${marks[state]}</a>`;
}
