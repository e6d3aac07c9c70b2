import type { Report } from '../../report.ts';
import { isWrong } from '../diagnoses.ts';
import { verdictLine } from '../verdict-line.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { sayNumber } from './number.ts';
import { sayDuration, sayTime } from './time.ts';

/** Verdict and coverage: what a reader has to know first. */
export function drawMasthead(report: Report): Markup {
  const { run, coverage, diagnoses, groups } = report;
  const healthy = groups.reduce((sum, group) => sum + group.healthy, 0);
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const mood = diagnoses.some(isWrong) ? 'bad' : run.complete ? 'good' : 'unsure';
  const tile = (value: Markup, label: string): Markup => markup`<li><b>${value}</b><span>${label}</span></li>`;
  const part = (some: number, all: number): Markup => markup`${sayNumber(some)} <small>of ${sayNumber(all)}</small>`;
  return markup`<header class="${mood}"><p class="quiet">eks-nlb-auditor · account ${run.account} · ${run.region} · ${sayTime(run.finishedAt)}</p>
<h1>${verdictLine(report)}</h1>
${run.complete ? nothing : markup`<p class="warning"><a href="#unread">What could not be read, and what to grant</a></p>`}
<ul class="tiles">${[
    tile(part(healthy, total), 'targets healthy'),
    tile(part(coverage.targetGroups.read, coverage.targetGroups.seen), 'target groups read'),
    tile(part(coverage.clusters.audited, coverage.clusters.seen), 'clusters audited'),
    tile(markup`${sayNumber(coverage.targets.probed)}`, 'targets probed'),
    tile(markup`${sayDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}`, 'time taken'),
  ]}</ul></header>`;
}
