import { runVerdict } from '../../diagnosis/run-verdict.ts';
import { alarms } from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import { formatNumber } from '../number.ts';
import { verdictLine } from '../text/verdict-line.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { formatDuration, formatTime } from './time.ts';

/** Verdict and coverage: what a reader has to know first. */
export function drawMasthead(report: Report, links: [id: string, title: string][]): Markup {
  const { run, coverage, diagnoses, groups } = report;
  const healthy = groups.reduce((sum, group) => sum + group.healthy, 0);
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const missing = groups.filter((group) => group.missing).length;
  const moods = { wrong: 'bad', unread: 'unsure', well: diagnoses.some(alarms) ? 'unsure' : 'good' };
  const mood = moods[runVerdict(report)];
  const took = formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  const { clusters, targetGroups, targets } = coverage;
  return markup`<header class="${mood}"><p class="origin"><b>eks-nlb-auditor</b><span>account ${run.account}</span><span>${run.region}</span><time datetime="${run.finishedAt}">${formatTime(run.finishedAt)}</time></p>
<div class="verdict"><h1>${verdictLine(report)}</h1>
<p class="share"><b>${formatNumber(healthy)}</b> of ${formatNumber(total)} targets healthy${missing === 0 ? '' : `, ${formatNumber(missing)} target group${missing === 1 ? '' : 's'} missing`}</p>
<div class="gauge" aria-hidden="true"><i style="width:${(total === 0 ? 0 : (healthy / total) * 100).toFixed(2)}%"></i></div>
<p class="coverage">Read ${part(targetGroups.read, targetGroups.seen, 'target group')} in ${part(clusters.audited, clusters.seen, 'cluster')}, probed ${formatNumber(targets.probed)} target${targets.probed === 1 ? '' : 's'}${targets.alike === undefined ? '' : ` that stand for ${formatNumber(targets.alike)} more`}, took ${took}.${run.complete ? nothing : markup` <a href="#unread">What could not be read, and what to grant</a>`}</p></div>
<nav aria-label="Parts of this page">${links.map(([id, title]) => markup`<a href="#${id}">${title}</a>`)}</nav></header>`;
}

function part(some: number, all: number, noun: string): string {
  const nouns = `${noun}${all === 1 ? '' : 's'}`;
  if (some !== all) return `${formatNumber(some)} of ${formatNumber(all)} ${nouns}`;
  return all > 1 ? `all ${formatNumber(all)} ${nouns}` : `${all} ${nouns}`;
}
