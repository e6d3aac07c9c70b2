import { disclosure } from './finding/disclosure.ts';
import { drawSign, type Sign, signWords } from './finding/sign.ts';
import { type Markup, markup } from './markup.ts';
import { marks, stateNames, states } from './state.ts';

/** What every sign on the page means. */
export function drawSigns(): Markup {
  const groups = [
    draw(
      'Target groups',
      states.map((state) => [markup`<i class="cell ${state}">${marks[state]}</i>`, stateNames[state]]),
    ),
    draw('Links of a chain', [
      ...signs.map((sign): Line => [drawSign(sign), signWords[sign]]),
      [markup`<i class="spot"></i>`, 'broken here: the link that the cause breaks'],
      [markup`<i class="line"></i>`, 'broken between two links: packets are lost on this path'],
      [markup`<i class="dash"></i>`, 'beside the path: decides something, and packets go past it'],
    ]),
    draw('How sure a cause is', [
      [markup`<i class="sure confirmed"></i>`, 'confirmed: the evidence leaves no other'],
      [markup`<i class="sure probable"></i>`, 'probable: what would settle it is named'],
      [markup`<i class="sure possible"></i>`, 'possible: one of several that fit'],
    ]),
    draw('How bad it is', [
      [markup`<i class="weight critical"></i>`, 'severity critical or high'],
      [markup`<i class="weight medium"></i>`, 'severity medium'],
      [markup`<i class="weight low"></i>`, 'severity low'],
    ]),
    draw('Targets and time', [
      [markup`<i class="dots"><i></i></i>`, 'a healthy target'],
      [markup`<i class="dots"><i class="ill"></i></i>`, 'a target that is not healthy'],
      [markup`<i class="bar"><i style="width:60%"></i></i>`, 'the share of healthy targets'],
      [markup`<i class="stretch ill"></i>`, 'a time in which the finding was open'],
      [markup`<i class="stretch well"></i>`, 'a time in which it was resolved'],
    ]),
  ];
  return markup`<section class="signs" aria-labelledby="signs"><h2 id="signs">Signs</h2>${disclosure('What the signs on this page mean', markup`<dl>${groups}</dl>`)}</section>`;
}

type Line = [picture: Markup, words: string];

const signs: Sign[] = ['well', 'partly', 'bad', 'unknown'];

const draw = (title: string, lines: Line[]): Markup =>
  markup`<div><dt>${title}</dt>${lines.map(([picture, words]) => markup`<dd><span class="picture" aria-hidden="true">${picture}</span>${words}</dd>`)}</div>`;
