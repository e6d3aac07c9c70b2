import { metricsWanted } from '../../../core/history/metric-queries.ts';
import { noPast } from '../../../io/history/with-past.ts';
import { prices, runsMonth } from '../../cost/prices.ts';
import type { Row } from '../row.ts';
import { auditsOf, brokenAccount } from './past.ts';

/** What `metrics` adds to an audit, in calls, time and money. */
export const metrics: Row = {
  id: 'metrics',
  what: 'audit of 10 clusters with 100 target groups in the lab, a tenth of them broken, with and without CloudWatch metrics',
  goal: 'not one call more with `off`',
  async measure() {
    const runs = await auditsOf(
      brokenAccount(10),
      metricsWanted.map((wanted) => ({ ...noPast, metrics: wanted })),
    );
    const lines = runs.map(({ wanted, received, calls, totalMs, cpuMs }) => {
      const asked = received.flatMap(({ service, parameters }) =>
        service === 'monitoring' ? [(parameters['MetricDataQueries'] as unknown[]).length] : [],
      );
      const read = asked.reduce((sum, count) => sum + count, 0);
      return {
        metrics: wanted.metrics,
        'calls in all': calls,
        'calls to CloudWatch': asked.length,
        'metrics read': read,
        totalMs,
        cpuMs,
        'USD a month': (read * runsMonth * prices.metricRead).toFixed(2),
      };
    });
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
