import { metricQueries } from '../../core/history/metric-queries.ts';
import { sampleFacts, targetGroupArn } from '../../test/core/sample-facts.ts';
import { prices, runsMonth } from './prices.ts';

/** Metrics that one run reads of a target group in three zones, alone behind its load balancer, which has security groups. */
const metricsOf = (isFinding: boolean): number =>
  metricQueries(sampleFacts(), 'all', new Set(isFinding ? [targetGroupArn] : [])).length;

/** Once more the unhealthy targets of each zone: by hours, and by minutes of the hour in which it began. */
const older = 2 * 3;

const dollars = (value: number): string => `$${value.toFixed(2)}`;
const month = (metrics: number): string => dollars(metrics * runsMonth * prices.metricRead);

/** The section of `docs/cost.md` about `metrics`. */
export function renderMetricsCost(): string {
  const [finding, healthy] = [metricsOf(true), metricsOf(false)];
  return `## CloudWatch metrics

\`metrics: off\`, the default, makes no call and costs nothing. Otherwise CloudWatch bills each metric that GetMetricData is asked for, as
often as it is; the calls themselves, up to 500 metrics each, are free. In three zones, every 5 minutes, each month:

| \`metrics\` | a group with a finding | for more than 3 hours | a healthy group | 1,000 healthy groups |
| --- | ---: | ---: | ---: | ---: |
| \`findings\` | ${month(finding)} | ${month(finding + older)} | $0.00 | $0.00 |
| \`all\` | ${month(finding)} | ${month(finding + older)} | ${month(healthy)} | ${month(healthy * 1000)} |

A finding is paid for as long as it lasts: ${finding} metrics at each run, ${finding + older} where it began more than three hours ago. A healthy group
takes ${healthy}. A longer \`schedule\` costs less in proportion, and loses nothing: each run reads the last three hours.
`;
}
