import { under } from '../model/indexed.ts';
import type { Measured, Sparkline } from '../model/metrics/measured.ts';
import type { MetricName, MetricSeries } from '../model/metrics/metric-series.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { mostUnhealthy, spellsOf, unhealthyMinutes, unhealthySince } from './unhealthy-minutes.ts';

const mostSpells = 10;

/** What CloudWatch counted about a target group, put into words; `undefined` where it was not measured. */
export function measuredOf(group: TargetGroupContext, metrics: MetricSeries[]): Measured | undefined {
  if (unhealthyMinutes(group, metrics).length === 0) return undefined;
  const since = unhealthySince(group, metrics);
  const over = spellsOf(group, metrics).flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
  return {
    ...(since && { since: since.at }),
    ...(since?.isAtLeast && { sinceAtLeast: true }),
    spells: over.slice(-mostSpells),
    notes: [
      ...onlySomeZones(group, metrics),
      ...failOpen(group, metrics),
      ...blocked(group, metrics),
      ...resets(group, metrics),
    ],
  };
}

/** True where CloudWatch counted unhealthy targets of a group, or port allocation errors of its load balancer. */
export const isShownByMetrics = (group: BehindBalancer, metrics: MetricSeries[]): boolean =>
  spellsOf(group, metrics).length > 0 || sumOf(group, metrics, 'PortAllocationErrorCount', recentMinutes) > 0;

/** The nodes of zones that see what others do not. */
function onlySomeZones(group: TargetGroupContext, metrics: MetricSeries[]): string[] {
  const current = spellsOf(group, metrics).at(-1);
  const measured = unhealthyMinutes(group, metrics).flatMap(({ zone }) => zone ?? []);
  if (current === undefined || current.to !== null || current.zones.length === measured.length) return [];
  return [`only the load balancer's nodes in ${current.zones.join(', ')} count unhealthy targets`];
}

/** Minutes that make up "now" where clients meet it, and minutes whose connections are counted otherwise. */
const now = 5;
export const recentMinutes = 15;

/** Where no target is healthy, a load balancer sends clients to all of them ("fail open", Network Load Balancer user guide). */
function failOpen(group: TargetGroupContext, metrics: MetricSeries[]): string[] {
  const flows = sumOf(group, metrics, 'UnhealthyRoutingFlowCount', now);
  if (flows === 0 || group.failing.length === 0) return [];
  return [
    `clients are being sent to unhealthy targets now: ${flows} connections in ${now} minutes, because the load balancer fails open`,
  ];
}

function blocked(group: TargetGroupContext, metrics: MetricSeries[]): string[] {
  const count = (way: 'Inbound' | 'Outbound'): number =>
    sumOf(group, metrics, `SecurityGroupBlockedFlowCount_${way}_TCP`, recentMinutes) +
    sumOf(group, metrics, `SecurityGroupBlockedFlowCount_${way}_UDP`, recentMinutes);
  const [inbound, outbound] = [count('Inbound'), count('Outbound')];
  const refused = `the security groups of the load balancer refused`;
  return [
    ...(inbound > 0 ? [`${refused} ${inbound} connections of clients in ${recentMinutes} minutes`] : []),
    ...(outbound > 0 ? [`${refused} ${outbound} connections to targets in ${recentMinutes} minutes`] : []),
  ];
}

/** Resets are part of normal traffic; this share of new connections is not. */
const unusualShare = 0.1;

function resets(group: TargetGroupContext, metrics: MetricSeries[]): string[] {
  const flows = sumOf(group, metrics, 'NewFlowCount', recentMinutes);
  return (
    [
      ['TCP_Target_Reset_Count', 'targets'],
      ['TCP_ELB_Reset_Count', 'the load balancer'],
    ] as const
  ).flatMap(([metric, who]) => {
    const count = sumOf(group, metrics, metric, recentMinutes);
    if (count === 0 || count < flows * unusualShare) return [];
    return [`${who} sent ${count} resets in ${recentMinutes} minutes, in which ${flows} connections began`];
  });
}

/** The sum over the last minutes, of all zones, of what is counted for the load balancer of a group. */
export const sumOf = (group: BehindBalancer, metrics: MetricSeries[], metric: MetricName, minutes: number): number =>
  seriesOfBalancer(group, metrics, metric)
    .flatMap(({ values }) => {
      const end = values.length - lateMinutes(group, metrics);
      return values.slice(Math.max(0, end - minutes), end);
    })
    .reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Last minutes that CloudWatch does not have yet: those without a count of targets, which it has of every other minute. */
function lateMinutes(group: BehindBalancer, metrics: MetricSeries[]): number {
  const counts = mostUnhealthy(unhealthyMinutes(group, metrics));
  const last = counts.findLastIndex((value) => value !== null);
  return last < 0 ? 0 : counts.length - 1 - last;
}

type BehindBalancer = Pick<TargetGroupContext, 'loadBalancer' | 'targetGroup'>;

/** What was read of one metric of the load balancer of a group. */
export const seriesOfBalancer = (
  { loadBalancer }: Pick<TargetGroupContext, 'loadBalancer'>,
  metrics: MetricSeries[],
  metric: MetricName,
) => under(metrics, balancerOf, loadBalancer?.arn).filter((each) => each.metric === metric && each.period === 60);

const balancerOf = ({ loadBalancerArn, targetGroupArn }: MetricSeries): string[] =>
  targetGroupArn === undefined ? [loadBalancerArn] : [];

/** Unhealthy targets of all zones: each zone counts its own ones, or all of them under cross-zone load balancing. */
function together({ loadBalancer, targets }: TargetGroupContext, zones: MetricSeries[]): (number | null)[] {
  const most = mostUnhealthy(zones);
  if (loadBalancer?.attributes['load_balancing.cross_zone.enabled'] === 'true') return most;
  return most.map((value, index) => {
    const sum = zones.reduce((all, { values }) => all + (values[index] ?? 0), 0);
    return value === null ? null : Math.max(value, Math.min(sum, targets.length));
  });
}

/** Values of a sparkline: enough for a shape, few enough for a line of text. */
const width = 60;

/** How many targets were unhealthy in the hours before the run, as a row that can be drawn; `undefined` where it was not measured. */
export function sparklineOf(group: TargetGroupContext, metrics: MetricSeries[]): Sparkline | undefined {
  const zones = unhealthyMinutes(group, metrics);
  const [first] = zones;
  if (first === undefined) return undefined;
  const values = together(group, zones);
  const minutes = Math.max(1, Math.ceil(values.length / width));
  const unhealthy = Array.from({ length: Math.ceil(values.length / minutes) }, (_, index) => {
    const part = values.slice(index * minutes, (index + 1) * minutes).filter((value) => value !== null);
    return part.length === 0 ? null : Math.max(...part);
  });
  return { from: first.from, minutes, unhealthy, total: group.targets.length };
}
