import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import type { VpcAuditor } from '../vpc-auditor.ts';

export interface DashboardProps {
  auditors: VpcAuditor[];
  notifier: NodejsFunction;
  alarms: cloudwatch.Alarm[];
}

const halfWidth = 12;

/** One page: the alarms, what every auditor found, how much could be read, and what the runs take. */
export function dashboard(scope: Construct, id: string, props: DashboardProps): cloudwatch.Dashboard {
  const { auditors, notifier, alarms } = props;
  const period = Duration.minutes(15);
  const ofAll = (metricName: string): cloudwatch.Metric[] =>
    auditors.map((auditor) => auditor.metric(metricName, { period, label: `${metricName} ${auditor.vpcId}` }));
  const graph = (title: string, left: cloudwatch.Metric[], right: cloudwatch.Metric[] = []) =>
    new cloudwatch.GraphWidget({ title, left, right, width: halfWidth });

  return new cloudwatch.Dashboard(scope, id, {
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: 2 * halfWidth })],
      [
        graph('Causes found', [...ofAll('Unhealthy'), ...ofAll('Unexplained')]),
        graph('Runs', ofAll('RunCompleted'), ofAll('RunIncomplete')),
      ],
      [
        graph('Calls', ofAll('ApiCalls'), ofAll('Throttles')),
        graph(
          'Duration, in milliseconds',
          auditors.map((auditor) => auditor.function.metricDuration({ period, statistic: cloudwatch.Stats.MAXIMUM })),
          [notifier.metricDuration({ period, statistic: cloudwatch.Stats.MAXIMUM })],
        ),
      ],
    ],
  });
}
