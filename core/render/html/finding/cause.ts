import { type Diagnosis, isWrong } from '../../../model/diagnosis.ts';
import { worstOf } from '../../../model/severity.ts';
import { causeAnchor } from '../cause-anchor.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { formatNumber } from '../number.ts';
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

/** A cause with everything that has it. */
export function drawCause({ address, id, title, severity, findings }: Cause): Markup {
  const check = checksById.get(id);
  const rest = findings.slice(mostListed);
  return markup`<article class="cause ${severity}${findings.length === 1 ? ' single' : ''}" aria-labelledby="${address}"><header><h3 id="${address}">${title}</h3>
<p><span class="badge ${severity}">${severity}</span> <code>${id ?? 'unexplained'}</code>${findings.length > 1 ? markup` <span class="quiet">${formatWhere(findings)}</span>` : nothing}</p></header>
${findings.slice(0, mostListed).map(drawFinding)}
${rest.length === 0 ? nothing : markup`<details class="rest"><summary>and ${formatNumber(rest.length)} more with this cause</summary>${rest.map(drawFinding)}</details>`}
${disclosure('Why it happens', check === undefined ? nothing : markup`<p>${check.why.replace(/\s*\n\s*/g, ' ')}</p><ul>${check.links.map((link) => markup`<li><a href="${link}" rel="noreferrer">${link}</a></li>`)}</ul>`)}</article>`;
}

/** `shop orders/basket`, or `60 Services in 12 clusters`. */
export function formatWhere(findings: FindingView[]): string {
  const [first] = findings;
  const places = new Set(
    findings.map(({ diagnosis }) => `${diagnosis.cluster} ${diagnosis.namespace}/${diagnosis.service}`),
  );
  const unowned = findings.filter(({ diagnosis }) => diagnosis.service === null).length;
  if (unowned === findings.length)
    return `${formatNumber(unowned)} target group${unowned === 1 ? '' : 's'} without an owner`;
  if (places.size === 1) return [...places][0] ?? '';
  const clusters = new Set(findings.map(({ diagnosis }) => diagnosis.cluster));
  return `${formatNumber(places.size)} Services in ${clusters.size === 1 ? (first?.diagnosis.cluster ?? 'one cluster') : `${clusters.size} clusters`}`;
}
