import { metricsWanted } from '../../../core/history/metric-queries.ts';
import { startLab } from '../../../lab/start.ts';
import { before, minute } from '../../../lab/world/moment.ts';
import { prices, runsMonth } from '../../cost/prices.ts';
import { accountOf } from '../account.ts';
import { child } from '../child.ts';
import type { Row } from '../row.ts';

/** What an audit took. */
export interface MetricsRun {
  totalMs: number;
  cpuMs: number;
  calls: number;
}

/** What `metrics` adds to an audit, in calls, time and money. */
export const metrics: Row = {
  id: 'metrics',
  what: 'audit of 10 clusters with 100 target groups in the lab, a tenth of them broken, with and without CloudWatch metrics',
  goal: 'not one call more with `off`',
  async measure() {
    const world = accountOf(10, 10);
    const lab = await startLab({ ...world, past: { struckAt: before(world.now, 30 * minute) } }, { sockets: false });
    const lines: Record<string, string | number>[] = [];
    for (const wanted of metricsWanted) {
      lab.calls.splice(0);
      const { totalMs, cpuMs, calls } = await child<MetricsRun>(['scripts/bench/rows/metrics-run.ts', wanted], lab.env);
      const asked = lab.calls.flatMap(({ service, parameters }) =>
        service === 'monitoring' ? [(parameters['MetricDataQueries'] as unknown[]).length] : [],
      );
      const read = asked.reduce((sum, count) => sum + count, 0);
      lines.push({
        metrics: wanted,
        'calls in all': calls,
        'calls to CloudWatch': asked.length,
        'metrics read': read,
        totalMs,
        cpuMs,
        'USD a month': (read * runsMonth * prices.metricRead).toFixed(2),
      });
    }
    await lab.close();
    const [off, findings, all] = lines;
    const of = (line: (typeof lines)[number] | undefined): string =>
      `${line?.['calls to CloudWatch']} calls, ${line?.['metrics read']} metrics, $${line?.['USD a month']} a month`;
    return {
      result: `off: ${off?.['calls to CloudWatch']} calls; findings: ${of(findings)}; all: ${of(all)}`,
      met: off?.['calls to CloudWatch'] === 0,
      tables: [{ title: 'One audit each, every 5 minutes for the price', lines }],
    };
  },
};
