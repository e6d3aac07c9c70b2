/** Metrics of the CloudWatch namespace AWS/NetworkELB that are read (Network Load Balancer user guide, "CloudWatch metrics"). */
export type MetricName =
  | 'HealthyHostCount'
  | 'UnHealthyHostCount'
  | 'UnhealthyRoutingFlowCount'
  | 'PortAllocationErrorCount'
  | 'NewFlowCount'
  | 'TCP_Target_Reset_Count'
  | 'TCP_ELB_Reset_Count'
  | `SecurityGroupBlockedFlowCount_${'Inbound' | 'Outbound'}_${'TCP' | 'UDP'}`;

/** What a metric is about: a load balancer, or one target group behind it; in one zone, or in all together. */
export interface MetricSubject {
  metric: MetricName;
  loadBalancerArn: string;
  targetGroupArn?: string;
  zone?: string;
}

/** Values of a metric one after the other. */
export interface MetricSeries extends MetricSubject {
  /** RFC 3339: the beginning of the first period. */
  from: string;
  /** Seconds that each value stands for. */
  period: number;
  /** `null` where CloudWatch has none, as for counts of zero that are not reported. */
  values: (number | null)[];
}
