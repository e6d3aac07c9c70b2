import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/**
 * The unhealthy targets of each target group of a Network Load Balancer in the Region, one minute each. Of more than 500 series a
 * query answers the first 500, which are those with the most unhealthy targets (CloudWatch user guide, "Metrics Insights limits").
 */
const query =
  'SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/NetworkELB", LoadBalancer, TargetGroup) GROUP BY TargetGroup ORDER BY MAX() DESC';

/**
 * One alarm over all target groups, those of the future too. Each target group is a contributor of its own, whose changes of state are
 * events (CloudWatch user guide, "Create a CloudWatch alarm based on a Metrics Insights query").
 */
export function unhealthyAlarm(scope: Construct, id: string): cloudwatch.Alarm {
  const unhealthy = new cloudwatch.MathExpression({
    expression: query,
    label: 'unhealthy targets',
    period: Duration.minutes(1),
  });
  return unhealthy.createAlarm(scope, id, {
    alarmDescription:
      'Some target group of a Network Load Balancer has unhealthy targets: each change of its state starts an audit; the alarm itself notifies no one.',
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
