import type { LoadBalancer, TargetGroup } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import type { MetricName, MetricSubject } from '../model/metrics/metric-series.ts';

/** One metric that is to be read, and how the values of a period become one. */
export interface MetricQuery extends MetricSubject {
  statistic: 'Maximum' | 'Minimum' | 'Sum';
}

/** Which target groups are measured: none, those with a finding, or all. */
export type MetricsWanted = 'off' | 'findings' | 'all';

export const metricsWanted = ['off', 'findings', 'all'] as const satisfies MetricsWanted[];

/**
 * The metrics to read for the target groups of these Facts. All is read for those with a finding; of the others only what shows
 * that they failed in between, and that ports ran out. What counts for a load balancer is read once for all of its groups.
 */
export function metricQueries(facts: Facts, wanted: MetricsWanted, withFinding: ReadonlySet<string>): MetricQuery[] {
  const { targetGroups, loadBalancers, listeners } = facts.slices;
  const balancerOf = new Map(loadBalancers.map((balancer) => [balancer.arn, balancer]));
  const wide = new Map<string, MetricQuery[]>();
  const own = targetGroups.flatMap((group) => {
    const isFinding = withFinding.has(group.arn);
    const balancer = balancerOf.get(group.loadBalancerArns[0] ?? '');
    if (balancer === undefined || balancer.type !== 'network' || !(isFinding || wanted === 'all')) return [];
    if (isFinding || !wide.has(balancer.arn)) {
      const protocols = listeners.filter((each) => each.loadBalancerArn === balancer.arn).map((each) => each.protocol);
      wide.set(balancer.arn, isFinding ? ofBalancer(balancer, protocols) : [portsOf(balancer)]);
    }
    return ofGroup(group, balancer, isFinding);
  });
  return [...own, ...[...wide.values()].flat()];
}

function ofGroup({ arn: targetGroupArn }: TargetGroup, { arn, zones }: LoadBalancer, isFinding: boolean) {
  return zones.flatMap(({ name: zone }): MetricQuery[] => {
    const subject = { loadBalancerArn: arn, targetGroupArn, zone };
    return [
      { ...subject, metric: 'UnHealthyHostCount', statistic: 'Maximum' },
      ...(isFinding ? [{ ...subject, metric: 'HealthyHostCount', statistic: 'Minimum' } as const] : []),
    ];
  });
}

const portsOf = ({ arn }: LoadBalancer): MetricQuery => sumOf(arn, 'PortAllocationErrorCount');

const sumOf = (loadBalancerArn: string, metric: MetricName): MetricQuery => ({
  loadBalancerArn,
  metric,
  statistic: 'Sum',
});

function ofBalancer(balancer: LoadBalancer, listenerProtocols: string[]): MetricQuery[] {
  const { arn, zones, securityGroups } = balancer;
  const protocols = new Set(listenerProtocols.flatMap(transportsOf));
  return [
    portsOf(balancer),
    ...zones.map(({ name: zone }) => ({ ...sumOf(arn, 'UnhealthyRoutingFlowCount'), zone })),
    sumOf(arn, 'NewFlowCount'),
    ...(protocols.has('TCP') ? [sumOf(arn, 'TCP_Target_Reset_Count'), sumOf(arn, 'TCP_ELB_Reset_Count')] : []),
    ...(securityGroups.length === 0 ? [] : [...protocols]).flatMap((protocol) =>
      (['Inbound', 'Outbound'] as const).map((way) => sumOf(arn, `SecurityGroupBlockedFlowCount_${way}_${protocol}`)),
    ),
  ];
}

/** What carries the traffic of a listener. */
const transportsOf = (protocol: string): ('TCP' | 'UDP')[] =>
  protocol === 'TCP_UDP' ? ['TCP', 'UDP'] : /^(UDP|QUIC)$/.test(protocol) ? ['UDP'] : ['TCP'];
