import type { MetricSeries, MetricSubject } from '../../../core/model/metrics/metric-series.ts';
import { sampleFacts, takenAt, targetGroupArn } from '../sample-facts.ts';

export const loadBalancerArn = sampleFacts().slices.loadBalancers[0]?.arn ?? '';

/** Minutes before the moment of the sample facts, one character each: a digit is a count, `.` is no data point. */
export function minutes(row: string, subject: Partial<MetricSubject> = {}): MetricSeries {
  const values = [...row].map((each) => (each === '.' ? null : Number(each)));
  const from = new Date(Date.parse(takenAt) - values.length * 60_000).toISOString().replace('.000', '');
  return {
    loadBalancerArn,
    targetGroupArn,
    zone: 'eu-west-1a',
    metric: 'UnHealthyHostCount',
    ...subject,
    from,
    period: 60,
    values,
  };
}

/** What is counted for the load balancer. */
export function ofBalancer(metric: MetricSubject['metric'], row: string): MetricSeries {
  const { targetGroupArn: _, zone: __, ...series } = minutes(row, { metric });
  return series;
}
