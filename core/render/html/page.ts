import { severities } from '../../check.ts';
import type { Diagnosis, Verdict } from '../../diagnosis.ts';
import { compareText } from '../../group.ts';
import type { Report } from '../../report.ts';
import { tableOfCauses } from './causes.ts';
import { drawFleet } from './fleet.ts';
import { listGroups } from './group-list.ts';
import { drawIncident } from './incident.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { drawMasthead } from './masthead.ts';
import { drawRunCost } from './run-cost.ts';
import { judgedGroups } from './state.ts';
import { stylesheet } from './stylesheet.ts';
import { listUnread } from './unread.ts';

/** So many causes come unfolded; the others unfold at a click, and on paper. */
const unfolded = 3;

/** The report as one page: no script, nothing loaded from anywhere, the same on paper and in the dark. */
export function renderHtml(report: Report): string {
  const addressed = sorted(report.diagnoses).map((diagnosis, index) => ({ diagnosis, address: `d${index + 1}` }));
  const addresses = new Map<string, string>();
  for (const { diagnosis, address } of addressed.toReversed()) addresses.set(diagnosis.targetGroupArn, address);
  const groups = new Map(report.groups.map((group) => [group.targetGroupArn, group]));
  const judged = judgedGroups(report);
  const addressOf = ({ group }: { group: { targetGroupArn: string } }): string | null =>
    addresses.get(group.targetGroupArn) ?? null;

  const section = (id: string, title: string, ...verdicts: Verdict[]): Markup => {
    const here = addressed.filter(({ diagnosis }) => verdicts.includes(diagnosis.verdict));
    if (here.length === 0) return nothing;
    const isLoud = verdicts.includes('unhealthy');
    return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title} <span class="quiet">${here.length}</span></h2>
${tableOfCauses(here)}${here.map(({ diagnosis, address }, index) =>
  drawIncident(diagnosis, {
    id: address,
    isOpen: isLoud && index < unfolded,
    group: groups.get(diagnosis.targetGroupArn),
    moments: report.history?.[diagnosis.fingerprint] ?? [],
    run: report.run,
  }),
)}</section>`;
  };

  return `${
    markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><title>Target health of ${report.run.account} in ${report.run.region}</title><style>${stylesheet}</style></head>
<body>${drawMasthead(report)}<main>${[
      drawFleet(judged, addressOf),
      section('causes', 'Causes', 'unhealthy', 'unexplained'),
      section('risks', 'Healthy now, but at risk', 'latent'),
      section('expected', 'Expected, no alarm', 'expected'),
      listUnread(report.coverage.gaps),
      listGroups(judged, addressOf),
      drawRunCost(report),
    ]}</main></body></html>`.html
  }\n`;
}

/** The order in which the page tells them: verdict, severity, cause, then as the report has them. */
const sorted = (diagnoses: Diagnosis[]): Diagnosis[] =>
  diagnoses.toSorted(
    (a, b) =>
      rank(a.verdict) - rank(b.verdict) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compareText(a.cause ?? '', b.cause ?? ''),
  );

const order: Verdict[] = ['unhealthy', 'unexplained', 'latent', 'expected'];
const rank = (verdict: Verdict): number => (verdict === 'unexplained' ? 0 : order.indexOf(verdict));
