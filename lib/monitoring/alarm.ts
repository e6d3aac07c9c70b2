import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Rings as soon as a metric reaches the threshold, 1 unless told, in each of the periods, 1 unless told; no data is good news. */
export function alarm(
  scope: Construct,
  id: string,
  props: { metric: cloudwatch.Metric; says: string; threshold?: number; periods?: number },
): cloudwatch.Alarm {
  return props.metric.createAlarm(scope, id, {
    alarmDescription: props.says,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: props.threshold ?? 1,
    evaluationPeriods: props.periods ?? 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
