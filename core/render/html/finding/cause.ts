import { type Diagnosis, isWrong } from '../../../model/diagnosis.ts';
import { worstOf } from '../../../model/severity.ts';
import { formatNumber } from '../../number.ts';
import { formatWhere } from '../../where-words.ts';
import { causeAnchor } from '../cause-anchor.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import type { Row, Rows } from '../rows.ts';
import { wordsOfFinding } from '../words.ts';
import { disclosure } from './disclosure.ts';
import { checksById, drawFinding, type FindingView } from './finding.ts';

/** Diagnoses of the same cause, told together. */
export interface Cause {
  address: string;
  id: string | null;
  title: string;
  severity: Diagnosis['severity'];
  findings: FindingView[];
}

/** Diagnoses of one cause together, in the order in which they come. */
export function causesOf(findings: FindingView[]): Cause[] {
  return [...Map.groupBy(findings, ({ diagnosis }) => diagnosis.cause)].flatMap(([id, alike]) => {
    const [first] = alike;
    if (first === undefined) return [];
    const severity = worstOf(alike.map(({ diagnosis }) => diagnosis));
    const address = isWrong(first.diagnosis) ? causeAnchor(id) : `cause-${first.address}`;
    return [{ address, id, title: first.diagnosis.title, severity, findings: alike }];
  });
}

/** With more findings than this the others of a cause are folded away. */
const mostListed = 6;
/** The same on a page that keeps the others as data. */
const mostDrawn = 3;

/** A cause with everything that has it; what is folded away is kept as data where the page has rows. */
export function drawCause({ address, id, title, severity, findings }: Cause, rows: Rows | null): Markup {
  const check = checksById.get(id);
  const most = rows === null ? mostListed : mostDrawn;
  return markup`<article class="cause ${severity}${findings.length === 1 ? ' single' : ''}" aria-labelledby="${address}"><header><h3 id="${address}">${title}</h3>
<p><span class="badge ${severity}">${severity}</span> <code>${id ?? 'unexplained'}</code>${findings.length > 1 ? markup` <span class="quiet">${formatWhere(findings.map(({ diagnosis }) => diagnosis))}</span>` : nothing}</p></header>
${findings.slice(0, most).map(drawFinding)}
${foldRest(findings.slice(most), rows)}
${disclosure('Why it happens', check === undefined ? nothing : markup`<p>${check.why.replace(/\s*\n\s*/g, ' ')}</p><ul>${check.links.map((link) => markup`<li><a href="${link}" rel="noreferrer">${link}</a></li>`)}</ul>`)}</article>`;
}

function foldRest(rest: FindingView[], rows: Rows | null): Markup {
  if (rest.length === 0) return nothing;
  const count = formatNumber(rest.length);
  const place =
    rows === null
      ? markup`${rest.map(drawFinding)}`
      : markup`<div class="findings" data-rows="${rows.keep(rest.map(rowOf))}"></div>`;
  return markup`<details class="rest"><summary>and <span data-count="${count}">${count}</span> more with this cause</summary>${place}</details>`;
}

const rowOf = (view: FindingView): Row => ({
  words: wordsOfFinding(view.diagnosis, view.group?.name),
  html: drawFinding(view),
  address: view.address,
});
