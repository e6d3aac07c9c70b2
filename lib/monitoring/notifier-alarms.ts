import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { alarm } from './alarm.ts';
import { auditorMetric } from './auditor-metric.ts';

/** Ring when messages cannot be delivered: the notifier fails, falls behind, or somebody refuses what it says. */
export function notifierAlarms(notifier: NodejsFunction, name: string): cloudwatch.Alarm[] {
  const period = Duration.minutes(5);
  return [
    alarm(notifier, 'Failed', {
      metric: notifier.metricErrors({ period }),
      says: 'The notifier failed: read its log; pending messages stay in the table and are tried again every 15 minutes.',
    }),
    alarm(notifier, 'Late', {
      metric: notifier.metric('IteratorAge', { period, statistic: cloudwatch.Stats.MAXIMUM }),
      threshold: Duration.minutes(15).toMilliseconds(),
      says: 'Messages wait for more than 15 minutes: read the log of the notifier, a channel may be throttling it.',
    }),
    alarm(notifier, 'Refused', {
      metric: auditorMetric(notifier, { metricName: 'MessagesRefused', name, period }),
      says: 'A channel refused a message: invoke the notifier with {"doctor": true}, which says why.',
    }),
  ];
}
