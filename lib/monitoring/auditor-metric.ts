import { type Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface AuditorMetricProps {
  /** A name that `io/metrics.ts` writes. */
  metricName: string;
  /** Name of the deployment. */
  name: string;
  /** Absent for the metrics of the notifier. */
  vpcId?: string;
  period: Duration;
}

/** The sum of a metric that the functions write into their logs. */
export function auditorMetric(scope: Construct, props: AuditorMetricProps): cloudwatch.Metric {
  const { metricName, name, vpcId, period } = props;
  return new cloudwatch.Metric({
    namespace: 'EksNlbAuditor',
    metricName,
    dimensionsMap: { Deployment: name, ...(vpcId !== undefined && { Vpc: vpcId }) },
    region: Stack.of(scope).region,
    period,
    statistic: cloudwatch.Stats.SUM,
  });
}
