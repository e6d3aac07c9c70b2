import { type Markup, markup, nothing } from './markup.ts';
import { sayNumber } from './number.ts';
import { groupName, type Judged, type State, stateNames, states } from './state.ts';

/** A square for every target group, cluster by cluster: what is wrong stands out however many there are. */
export function drawFleet(judged: Judged[], addressOf: (judged: Judged) => string | null): Markup {
  if (judged.length < 2) return nothing;
  const clusters = Map.groupBy(judged, ({ group }) => group.cluster);
  return markup`<section aria-labelledby="fleet"><h2 id="fleet">Fleet</h2>
<p class="legend" aria-hidden="true">${states.filter((state) => judged.some((each) => each.state === state)).map((state) => markup`<span><i class="cell ${state}">${marks[state]}</i> ${stateNames[state]}</span>`)}</p>
<div class="fleet${clusters.size > 1 ? ' several' : ''}">${[...clusters].map(([cluster, members]) => drawCluster(cluster, members, addressOf))}</div></section>`;
}

/** Signs beside the colours, for those who don't see them. */
const marks: Record<State, string> = { wrong: '×', unread: '?', risk: '!', expected: '–', well: '' };

function drawCluster(cluster: string | null, judged: Judged[], addressOf: (judged: Judged) => string | null): Markup {
  const healthy = judged.reduce((sum, { group }) => sum + group.healthy, 0);
  const total = judged.reduce((sum, { group }) => sum + group.total, 0);
  const counts = states.flatMap((state) => {
    const count = judged.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${sayNumber(count)} ${stateNames[state]}`];
  });
  const width = judged.length > 150 ? markup` class="many"` : nothing;
  const size = judged.length > 400 ? ' tiny' : judged.length > 80 ? ' small' : '';
  return markup`<article${width}><h3>${cluster ?? 'Owned by no cluster'}</h3><p class="quiet">${sayNumber(healthy)} of ${sayNumber(total)} targets healthy · ${counts.join(' · ')}</p>
<div class="cells${size}">${judged.map((each) => drawCell(each, addressOf(each)))}</div></article>`;
}

function drawCell({ group, state }: Judged, address: string | null): Markup {
  const label = `${groupName(group)}: ${state === 'unread' ? 'not read' : `${group.healthy} of ${group.total} healthy, ${stateNames[state]}`}`;
  return address === null
    ? markup`<i class="cell ${state}" title="${label}">${marks[state]}</i>`
    : markup`<a class="cell ${state}" href="#${address}" title="${label}" aria-label="${label}">${marks[state]}</a>`;
}
