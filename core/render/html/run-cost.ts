import type { Report } from '../../model/report.ts';
import { formatCost } from '../cost-words.ts';
import { formatNumber } from '../number.ts';
import { disclosure } from './finding/disclosure.ts';
import { type Markup, markup } from './markup.ts';
import { formatDuration, formatTime } from './time.ts';

/** What the run asked of AWS and Kubernetes, how long it took, and what that costs. */
export function drawRunCost({ run }: Report): Markup {
  const calls = Object.entries(run.apiCalls).toSorted(([, a], [, b]) => b - a);
  const total = calls.reduce((sum, [, count]) => sum + count, 0);
  const most = Math.max(1, ...calls.map(([, count]) => count));
  const durationMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const fact = (label: string, text: string): Markup => markup`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  const rows = calls.map(
    ([action, count]) =>
      markup`<tr><th scope="row"><code>${action}</code></th><td>${formatNumber(count)}</td><td aria-hidden="true"><i style="width:${((count / most) * 100).toFixed(1)}%"></i></td></tr>`,
  );
  return markup`<section class="run" aria-labelledby="run"><h2 id="run">This run</h2>
<dl class="facts">${fact('From', formatTime(run.startedAt))}${fact('Took', formatDuration(durationMs))}${fact('Calls', formatNumber(total))}${fact('Throttled', formatNumber(run.throttles))}${fact('Waited to save API calls', formatDuration(run.waitedMs))}${run.cost === undefined ? '' : fact('Lambda', formatCost(run.cost))}</dl>
<p class="quiet">The calls themselves are free of charge.${run.cost === undefined ? '' : ' The price is that of Lambda on arm64 in us-east-1.'}</p>
${disclosure('Calls by action', markup`<table class="calls"><thead><tr><th scope="col">Action</th><th scope="col">Calls</th><td></td></tr></thead><tbody>${rows}</tbody></table>`)}</section>`;
}
