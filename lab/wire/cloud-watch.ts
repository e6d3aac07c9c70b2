import { type Metric, type PointAt, pointsOf } from '../physics/metrics.ts';
import type { World } from '../world/world.ts';
import { jsonProtocol } from './aws/json-protocol.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

interface Query {
  Id: string;
  MetricStat?: {
    Metric: { Namespace?: string; MetricName?: string; Dimensions?: { Name: string; Value: string }[] };
    Period: number;
    Stat: string;
  };
}

interface Request {
  MetricDataQueries?: Query[];
  StartTime?: number;
  EndTime?: number;
  NextToken?: string;
  ScanBy?: string;
}

const protocol = jsonProtocol('1.0');

/** Limits of GetMetricData (CloudWatch API reference). */
const [mostQueries, mostPoints] = [500, 100_800];

/** CloudWatch, as far as GetMetricData of metrics of Network Load Balancers. */
export const cloudWatch: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence, 403),
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  answer: answerBy(protocol, { GetMetricData: (parameters, world) => getMetricData(parameters as Request, world) }),
};

function getMetricData(request: Request, world: World) {
  const { MetricDataQueries: queries = [], StartTime: start = 0, EndTime: end = 0, NextToken, ScanBy } = request;
  refuseInvalid(queries, start, end);
  const first = NextToken === undefined ? 0 : Number(NextToken);
  let points = 0;
  const next = queries.findIndex(({ MetricStat }, index) => {
    if (index < first) return false;
    points += Math.ceil((end - start) / (MetricStat?.Period ?? 60));
    return points > mostPoints && index > first;
  });
  const page = queries.slice(first, next < 0 ? undefined : next);
  return {
    MetricDataResults: page.map((query) =>
      resultOf(query, { start, end, ascending: ScanBy === 'TimestampAscending' }, world),
    ),
    Messages: [],
    ...(next >= 0 && { NextToken: String(next) }),
  };
}

function refuseInvalid(queries: Query[], start: number, end: number): void {
  const refuse = (message: string): never => {
    throw new ServiceError('ValidationError', message);
  };
  if (queries.length === 0) refuse('The parameter MetricDataQueries is required.');
  if (queries.length > mostQueries) refuse('The collection MetricDataQueries must not have a size greater than 500.');
  if (start >= end) refuse('The parameter StartTime must be less than the parameter EndTime.');
  const ids = queries.map(({ Id }) => Id);
  if (new Set(ids).size < ids.length) refuse('The values for parameter id in MetricDataQueries are not unique.');
  if (!ids.every((id) => /^[a-z]\w*$/.test(id)))
    refuse(
      'The value for parameter id in MetricDataQueries is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.',
    );
}

interface Stretch {
  start: number;
  end: number;
  ascending: boolean;
}

function resultOf({ Id, MetricStat }: Query, { start, end, ascending }: Stretch, world: World) {
  const { Period: period = 60, Stat: stat = '', Metric: about } = MetricStat ?? {};
  const metric = about?.Namespace === 'AWS/NetworkELB' ? metricOf(about, world) : undefined;
  const pointAt = metric && pointsOf(world, metric);
  const points: [at: number, value: number][] = [];
  for (let at = Math.floor(start / period) * period; pointAt !== undefined && at < end; at += period) {
    const value = ofPeriod(pointAt, { at, period, stat });
    if (value !== undefined) points.push([at, value]);
  }
  if (!ascending) points.reverse();
  return {
    Id,
    Label: about?.MetricName ?? '',
    Timestamps: points.map(([at]) => at),
    Values: points.map(([, value]) => value),
    StatusCode: 'Complete',
  };
}

function metricOf(
  { MetricName = '', Dimensions = [] }: NonNullable<Query['MetricStat']>['Metric'],
  world: World,
): Metric | undefined {
  const dimension = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
  const [balancer, group, zone] = ['LoadBalancer', 'TargetGroup', 'AvailabilityZone'].map(dimension);
  const loadBalancerArn = world.loadBalancers.find(({ arn }) => arn.endsWith(`:loadbalancer/${balancer}`))?.arn;
  const targetGroupArn = world.targetGroups.find(({ arn }) => arn.endsWith(`:${group}`))?.arn;
  if (loadBalancerArn === undefined || (group !== undefined && targetGroupArn === undefined)) return undefined;
  return {
    name: MetricName,
    loadBalancerArn,
    ...(targetGroupArn !== undefined && group !== undefined && { targetGroupArn }),
    ...(zone !== undefined && { zone }),
  };
}

function ofPeriod(pointAt: PointAt, { at, period, stat }: { at: number; period: number; stat: string }) {
  const values: number[] = [];
  for (let minute = at; minute < at + period; minute += 60) {
    const value = pointAt(minute * 1000);
    if (value !== undefined) values.push(value);
  }
  if (values.length === 0) return undefined;
  switch (stat) {
    case 'Sum':
      return values.reduce((sum, value) => sum + value, 0);
    case 'Maximum':
      return Math.max(...values);
    case 'Minimum':
      return Math.min(...values);
    default:
      throw new ServiceError('ValidationError', `The lab does not know the statistic ${stat}.`);
  }
}
