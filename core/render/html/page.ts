import { placeOf } from '../../diagnosis/diagnoses.ts';
import {
  alarms,
  type Diagnosis,
  hasRecovered,
  isWrong,
  leavesNoneHealthy,
  leavesZoneEmpty,
  type Verdict,
  wrongVerdicts,
} from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import { severities } from '../../model/severity.ts';
import { compareText } from '../../model/target-group-context.ts';
import { causesOf, drawCause } from './finding/cause.ts';
import type { FindingView } from './finding/finding.ts';
import { drawFleet } from './fleet.ts';
import { listGroups } from './group-list.ts';
import { type Markup, markup, nothing, raw, write } from './markup.ts';
import { drawMasthead } from './masthead.ts';
import { listCauses } from './overview.ts';
import { type Rows, rowsOfPage } from './rows.ts';
import { drawRunCost } from './run-cost.ts';
import { script, scriptHash } from './script.ts';
import { drawSigns } from './signs.ts';
import { type Judged, judgedGroups } from './state.ts';
import { stylesheet } from './stylesheet.ts';
import { listUnread } from './unread.ts';

/** Up to so many findings come unfolded; of more only the first, and the others unfold at a click. */
const mostUnfolded = 3;
/** With more findings than this the folded ones have only their fix on paper. */
const mostOnPaper = 25;
/** With more target groups or findings than this the page keeps long lists as data, and draws of them what is looked at. */
const mostDrawn = { groups: 100, findings: 60 };

/**
 * The report as one page: nothing loaded from anywhere, readable on paper, on a phone and in the dark, and without script: a long
 * one then has every cause with the first of its findings.
 */
export function renderHtml(report: Report): string {
  const views = viewsOf(report);
  const addresses = new Map<string, string>();
  for (const { diagnosis, address } of views.toReversed()) addresses.set(diagnosis.targetGroupArn, address);
  const judged = judgedGroups(report);
  const addressOf = ({ group }: Judged): string | null => addresses.get(group.targetGroupArn) ?? null;

  const isLong = judged.length > mostDrawn.groups || views.length > mostDrawn.findings;
  const rows = isLong ? rowsOfPage() : null;
  const of = (...verdicts: Verdict[]): FindingView[] =>
    views.filter(({ diagnosis }) => verdicts.includes(diagnosis.verdict));
  const wrong = of(...wrongVerdicts);
  const causes = causesOf(wrong);
  const fleet: Part = ['fleet', 'Fleet', drawFleet(judged, addressOf, rows)];
  const section = sectionWith(rows);
  const details = section('causes', causes.length === 1 ? 'Cause' : 'Causes', wrong);
  const parts: Part[] = [
    ['overview', 'What is wrong', listCauses(causes)],
    details,
    fleet,
    section(
      'recovered',
      'Failed between two runs, healthy now',
      of('latent').filter(({ diagnosis }) => hasRecovered(diagnosis)),
    ),
    section(
      'risks',
      'Healthy now, but at risk',
      of('latent').filter(({ diagnosis }) => !hasRecovered(diagnosis)),
    ),
    section(
      'none-healthy',
      'Expected, but no target is healthy',
      of('expected').filter(({ diagnosis }) => leavesNoneHealthy(diagnosis)),
    ),
    section(
      'empty-zones',
      'Expected, but a zone has no healthy target',
      of('expected').filter(({ diagnosis }) => leavesZoneEmpty(diagnosis)),
    ),
    section(
      'expected',
      'Expected, no alarm',
      of('expected').filter(({ diagnosis }) => !alarms(diagnosis)),
    ),
    ['unread', 'Not read', listUnread(report.coverage.gaps)],
    ['groups', 'All target groups', listGroups(judged, addressOf, rows)],
    ['signs', 'Signs', drawSigns()],
    ['run', 'This run', drawRunCost(report)],
  ];
  const present = parts.filter(([, , part]) => part !== nothing);

  return `${write(markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${policy}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><title>${views.length > 0 && causes.length > 0 ? '✗ ' : ''}Target health of ${report.run.account} in ${report.run.region}</title><style>${stylesheet}</style></head>
<body>${drawMasthead(
    report,
    present.map(([id, title]): [string, string] => [id, title]),
  )}<main${views.length <= mostOnPaper ? allOnPaper : nothing}>${rows === null ? nothing : withoutScript}${present.map(([, , part]) => part)}</main>${rows === null ? nothing : rows.write()}<script>${script}</script></body></html>`)}\n`;
}

type Part = [id: string, title: string, part: Markup];

const sectionWith =
  (rows: Rows | null) =>
  (id: string, title: string, views: FindingView[]): Part => [
    id,
    title,
    views.length === 0
      ? nothing
      : markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${causesOf(views).map((cause) => drawCause(cause, rows))}</section>`,
  ];

const policy = raw(scriptHash);
const allOnPaper = raw(' class="paper"');
const withoutScript = markup`<p class="unscripted quiet">Without scripts this page shows each cause with its first findings; the text and JSON outputs have all of them.</p>`;

/** All diagnoses with their places on the page, in the order in which the page tells them: verdict, severity, cause, place. */
function viewsOf({ diagnoses, groups, history, run }: Report): FindingView[] {
  const byArn = new Map(groups.map((group) => [group.targetGroupArn, group]));
  const wrong = diagnoses.filter(isWrong).length;
  const unfolded = wrong <= mostUnfolded ? wrong : 1;
  return diagnoses.toSorted(byWeight).map((diagnosis, index) => ({
    diagnosis,
    address: `d${index + 1}`,
    isOpen: index < unfolded,
    group: byArn.get(diagnosis.targetGroupArn),
    moments: history?.[diagnosis.fingerprint] ?? [],
    finishedAt: run.finishedAt,
  }));
}

const byWeight = (a: Diagnosis, b: Diagnosis): number =>
  rank(a) - rank(b) ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  compareText(a.cause ?? '', b.cause ?? '') ||
  compareText(placeOf(a), placeOf(b));

const rank = (diagnosis: Diagnosis): number => (isWrong(diagnosis) ? 0 : diagnosis.verdict === 'latent' ? 1 : 2);
