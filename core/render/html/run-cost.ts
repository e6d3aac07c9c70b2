import type { Report } from '../../report.ts';
import { sayCost } from '../cost-words.ts';
import { type Markup, markup } from './markup.ts';
import { sayDuration, sayTime } from './time.ts';

/** What the run asked of AWS, how long it took, and what it cost. */
export function drawRunCost({ run }: Report): Markup {
  const calls = Object.entries(run.apiCalls);
  const total = calls.reduce((sum, [, count]) => sum + count, 0);
  return markup`<section aria-labelledby="run"><h2 id="run">This run</h2>
<p>From ${sayTime(run.startedAt)} to ${sayTime(run.finishedAt)}; ${total} calls, ${run.throttles} throttled, ${sayDuration(run.waitedMs)} spent waiting to spare the account's budget of calls${run.cost === undefined ? '' : `; ${sayCost(run.cost)} of Lambda`}.</p>
<details class="more"><summary>Calls by action</summary><table><thead><tr><th scope="col">Action</th><th scope="col">Calls</th></tr></thead><tbody>${calls.map(([action, count]) => markup`<tr><td><code>${action}</code></td><td>${count}</td></tr>`)}</tbody></table></details></section>`;
}
