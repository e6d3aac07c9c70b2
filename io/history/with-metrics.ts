import type { Judged } from '../../core/diagnosis/measured/worth-reading.ts';
import { type MetricQuery, type MetricsWanted, metricQueries } from '../../core/history/metric-queries.ts';
import { beginningHour, isOlderThanRead } from '../../core/history/unhealthy-minutes.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { MetricSeries } from '../../core/model/metrics/metric-series.ts';
import type { Clients } from '../aws/clients.ts';
import { ledger } from '../aws/ledger.ts';
import { awsRemedy } from '../aws/remedy.ts';
import type { Stretch } from './metrics.ts';

/** Minutes before the run; calls about no more than three hours count least against the quota of GetMetricData. */
const minutesRead = 180;
const [minute, hour] = [60_000, 3_600_000];
/** Hours that are followed back: CloudWatch keeps minutes for 15 days. */
const hoursRead = 14 * 24;
/** Hours whose minutes are read, a call each; of groups beyond them it is only known that they are unhealthy for longer. */
const mostHours = 20;

/** The same Facts with what CloudWatch counted before, of the groups with a finding and of urgent ones, or of all. */
export async function withMetrics(
  judged: Judged[],
  clients: Clients,
  { metrics: wanted, urgent }: { metrics: MetricsWanted; urgent: ReadonlySet<string> },
): Promise<Judged[]> {
  const queries = judged.map(({ facts, worth }) =>
    metricQueries(facts, wanted, new Set([...worth.findings, ...urgent])),
  );
  const all = distinct(queries.flat());
  if (all.length === 0) return judged;
  const action = 'cloudwatch:GetMetricData';
  const book = ledger(awsRemedy, clients.signal);
  const allFacts = judged.map(({ facts }) => facts);
  const read = await book.read({ action, hides: [{ slice: 'metrics', scope: { kind: 'all' } }] }, [], () =>
    readAll(clients, all, allFacts),
  );
  const gaps = book.gaps();
  return judged.map(({ facts, worth }, index) => {
    if (queries[index]?.length === 0) return { facts, worth };
    const balancers = new Set(queries[index]?.map(({ loadBalancerArn }) => loadBalancerArn));
    const groups = new Set(queries[index]?.map(({ targetGroupArn }) => targetGroupArn));
    const metrics = read.filter(
      ({ loadBalancerArn, targetGroupArn }) => balancers.has(loadBalancerArn) && groups.has(targetGroupArn),
    );
    return { facts: { ...facts, slices: { ...facts.slices, metrics }, gaps: [...facts.gaps, ...gaps] }, worth };
  });
}

/** The minutes before the run, and where targets were unhealthy all that time the hours before and the minutes of the one in which that began. */
async function readAll(clients: Clients, queries: MetricQuery[], allFacts: Facts[]): Promise<MetricSeries[]> {
  const { readMetrics } = await import('./metrics.ts');
  const client = await clients.cloudWatch();
  const now = Math.floor(Math.max(...allFacts.map(({ takenAt }) => Date.parse(takenAt))) / minute) * minute;
  const begin = now - minutesRead * minute;
  const recent = await readMetrics(client, queries, { from: begin, to: now, period: 60 });

  const groups = allFacts.flatMap(({ slices }) => slices.targetGroups);
  const older = groups.filter((targetGroup) => isOlderThanRead({ targetGroup }, recent));
  const counts = (arns: string[]): MetricQuery[] =>
    queries.filter(
      ({ metric, targetGroupArn = '' }) => metric === 'UnHealthyHostCount' && arns.includes(targetGroupArn),
    );
  const lowest = counts(older.map(({ arn }) => arn)).map((query) => ({ ...query, statistic: 'Minimum' as const }));
  if (lowest.length === 0) return recent;
  const lastHour = Math.floor(begin / hour) * hour + hour;
  const hours: Stretch = { from: lastHour - (hoursRead + 1) * hour, to: lastHour, period: 3600 };
  const known = [...recent, ...(await readMetrics(client, lowest, hours))];

  const begun = Map.groupBy(older, (targetGroup) => {
    const since = beginningHour({ targetGroup }, known);
    return since === undefined || since.isAtLeast ? undefined : since.at;
  });
  begun.delete(undefined);
  for (const [at = '', those] of [...begun].slice(0, mostHours)) {
    const from = Date.parse(at);
    const stretch = { from, to: from + hour, period: 60 };
    known.push(...(await readMetrics(client, counts(those.map(({ arn }) => arn)), stretch)));
  }
  return known;
}

const distinct = (queries: MetricQuery[]): MetricQuery[] => [
  ...new Map(queries.map((query) => [JSON.stringify(query), query])).values(),
];
