import { type CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { MetricQuery } from '../../core/history/metric-queries.ts';
import type { MetricSeries } from '../../core/model/metrics/metric-series.ts';
import { InvalidAnswer } from '../aws/read-error.ts';
import { timeOf } from '../aws/time.ts';

/** Queries of one call (GetMetricData, "MetricDataQueries"); of three hours of minutes these are 90,000 of its 100,800 data points. */
const mostQueries = 500;
const mostPages = 50;

/** A stretch of time in whole periods: epoch milliseconds, and seconds. */
export interface Stretch {
  from: number;
  to: number;
  period: number;
}

/**
 * Reads metrics of AWS/NetworkELB for a stretch, in as few calls as there can be. Throws InvalidAnswer where CloudWatch gives no
 * series for a query, an incomplete one, or pages without end.
 */
export async function readMetrics(
  client: CloudWatchClient,
  queries: MetricQuery[],
  stretch: Stretch,
): Promise<MetricSeries[]> {
  const series: MetricSeries[] = [];
  for (let start = 0; start < queries.length; start += mostQueries) {
    series.push(...(await readBatch(client, queries.slice(start, start + mostQueries), stretch)));
  }
  return series;
}

async function readBatch(client: CloudWatchClient, queries: MetricQuery[], stretch: Stretch): Promise<MetricSeries[]> {
  const { from, to, period } = stretch;
  const parts = new Map<string, MetricDataResult[]>();
  const tokens = new Set<string>();
  let NextToken: string | undefined;
  do {
    const answer = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries.map(({ statistic, ...subject }, index) => ({
          Id: idOf(index),
          MetricStat: {
            Metric: { Namespace: 'AWS/NetworkELB', MetricName: subject.metric, Dimensions: dimensionsOf(subject) },
            Period: period,
            Stat: statistic,
          },
        })),
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: 'TimestampAscending',
        ...(NextToken !== undefined && { NextToken }),
      }),
    );
    for (const result of answer.MetricDataResults ?? []) {
      parts.set(result.Id ?? '', [...(parts.get(result.Id ?? '') ?? []), result]);
    }
    NextToken = answer.NextToken || undefined;
    if (NextToken !== undefined && (tokens.has(NextToken) || tokens.size === mostPages)) {
      throw new InvalidAnswer('CloudWatch gave pages without end');
    }
    tokens.add(NextToken ?? '');
  } while (NextToken !== undefined);
  return queries.map(({ statistic: _, ...subject }, index) => {
    const results = parts.get(idOf(index));
    if (results === undefined) throw new InvalidAnswer(`CloudWatch gave no answer about ${subject.metric}`);
    return { ...subject, from: timeOf(new Date(from)) ?? '', period, values: valuesOf(results, stretch) };
  });
}

/** Ids begin with a small letter (MetricDataQuery, "Id"). */
const idOf = (index: number): string => `q${index}`;

/** The last parts of the ARNs (Network Load Balancer user guide, "Metric dimensions"). */
function dimensionsOf({ loadBalancerArn, targetGroupArn, zone }: Omit<MetricQuery, 'statistic'>) {
  const after = (arn: string, word: string): string => arn.slice(arn.indexOf(word));
  return [
    { Name: 'LoadBalancer', Value: after(loadBalancerArn, ':loadbalancer/').replace(':loadbalancer/', '') },
    ...(targetGroupArn === undefined
      ? []
      : [{ Name: 'TargetGroup', Value: after(targetGroupArn, ':targetgroup/').slice(1) }]),
    ...(zone === undefined ? [] : [{ Name: 'AvailabilityZone', Value: zone }]),
  ];
}

/** One value for each period of the stretch; what CloudWatch has no value for is `null`. */
function valuesOf(results: MetricDataResult[], { from, to, period }: Stretch): (number | null)[] {
  const values: (number | null)[] = Array.from({ length: Math.round((to - from) / (period * 1000)) }, () => null);
  for (const { StatusCode, Timestamps = [], Values = [] } of results) {
    if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
      throw new InvalidAnswer(`CloudWatch answered with the status ${StatusCode}`);
    }
    for (const [index, moment] of Timestamps.entries()) {
      const place = (moment.getTime() - from) / (period * 1000);
      const value = Values[index];
      if (Number.isInteger(place) && place >= 0 && place < values.length && Number.isFinite(value)) {
        values[place] = value ?? null;
      }
    }
  }
  return values;
}
