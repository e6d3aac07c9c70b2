import { child } from '../child.ts';
import { formatGrowth, growthOf } from '../growth.ts';
import type { Row } from '../row.ts';

/** What was open, what Slack gets of it at first, and how long the next run takes to find that nothing has changed. */
export interface NewsRun {
  findings: number;
  incidents: number;
  causes: number;
  /** Blocks of the message. */
  slackLines: number;
  slackCharacters: number;
  compareMs: number;
  /** With what is to be said of it. */
  allMs: number;
}

const mostMs = 300;
const mostRatio = 2.3;
/** Blocks of one Slack message (Slack API, "Blocks"). */
const mostBlocks = 50;
/** Each has one finding for each of 20 Services, but for faults that share one. */
const clusters = [17, 34, 68, 136];

/** Memory against a report that says the same, and the message about all of it. */
export const news: Row = {
  id: 'news',
  what: 'comparing memory with a report when nothing has changed, and one Slack message about every incident',
  goal: `< ${mostMs} ms at 2,720 findings, linear (twice the work takes ≤ ${mostRatio} × over all sizes); one line per cause`,
  async measure() {
    const runs: NewsRun[] = [];
    for (const count of clusters) runs.push(await child<NewsRun>(['scripts/bench/rows/news-run.ts', count, 20]));
    const growth = growthOf(runs.map(({ allMs }) => allMs));
    const last = runs.at(-1);
    const fits = runs.every(({ slackLines }) => slackLines <= mostBlocks);
    return {
      result: `${last?.compareMs.toFixed(0)} ms for ${last?.findings} findings, ${last?.allMs.toFixed(0)} ms with the messages; ratios ${formatGrowth(growth)}; ${last?.incidents} incidents in ${last?.slackLines} blocks`,
      met: runs.every(({ allMs }) => allMs < mostMs) && growth.exponent <= Math.log2(mostRatio) && fits,
      tables: [
        {
          title: 'At 1×, 2×, 4×, 8×, median of 15 comparisons in one process',
          lines: runs.map(({ compareMs, allMs, ...counts }) => ({
            ...counts,
            compareMs: Math.round(compareMs),
            allMs: Math.round(allMs),
          })),
        },
      ],
      notes: [
        'Slack shows one line for each cause, with the counts of Services and clusters; blocks beside them are the title, the link and the footer.',
      ],
    };
  },
};
