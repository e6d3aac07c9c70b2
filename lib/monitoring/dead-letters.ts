import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../access/acknowledge.ts';

/** Where events end that no function could handle, kept for 14 days. */
export function deadLetterQueue(scope: Construct, id: string): sqs.Queue {
  const queue = new sqs.Queue(scope, id, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, { id: 'AwsSolutions-SQS3', reason: 'This queue is the dead-letter queue.' });
  return queue;
}

/** Rings as long as an event waits there. */
export function deadLettersAlarm(queue: sqs.Queue): cloudwatch.Alarm {
  return queue.metricApproximateNumberOfMessagesVisible().createAlarm(queue, 'Waiting', {
    alarmDescription:
      'An event could not be handled: read it in the dead-letter queue, fix the cause, then delete it: the next run or sweep does its work.',
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
