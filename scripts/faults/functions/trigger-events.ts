import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';

/** What a target group of this ARN is as a contributor, as CloudWatch writes it (user guide, "Alarm Contributor Example"). */
export const contributorEvent = (targetGroupArn: string, value: 'ALARM' | 'OK' = 'ALARM'): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'CloudWatch Alarm Contributor State Change',
  source: 'aws.cloudwatch',
  account: '111122223333',
  time: '2026-11-22T10:01:04Z',
  region: 'eu-west-1',
  resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Unhealthy'],
  detail: {
    alarmName: 'Unhealthy',
    alarmContributor: {
      id: '6d442278dba546f6',
      attributes: { TargetGroup: targetGroupArn.slice(targetGroupArn.indexOf('targetgroup/')) },
    },
    state: {
      value,
      reason:
        'Threshold Crossed: 1 datapoint was greater than or equal to the threshold (1.0). The most recent datapoint which crossed the threshold: [2.0 (22/11/26 10:00:00)].',
      timestamp: '2026-11-22T10:01:04.919+0000',
    },
    configuration: {
      metrics: [
        {
          id: 'expr_1',
          expression:
            'SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/NetworkELB", LoadBalancer, TargetGroup) GROUP BY TargetGroup ORDER BY MAX() DESC',
          label: 'unhealthy targets',
          returnData: true,
          period: 60,
        },
      ],
      description: 'Some target group of a Network Load Balancer has unhealthy targets',
    },
  },
});

/** A call as EventBridge passes it on from CloudTrail (EventBridge user guide, "AWS service events delivered via AWS CloudTrail"). */
export const changeEvent = (
  service: 'ec2' | 'elasticloadbalancing',
  eventName: string,
  requestParameters: object,
  more: object = {},
): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'AWS API Call via CloudTrail',
  source: `aws.${service}`,
  account: '111122223333',
  time: '2026-11-22T10:01:04Z',
  region: 'eu-west-1',
  resources: [],
  detail: {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/network-admin/ada',
      accountId: '111122223333',
    },
    eventTime: '2026-11-22T10:01:02Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7',
    requestParameters,
    responseElements: { _return: true },
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...more,
  },
});

/** An event in the queue, sent at that moment (epoch milliseconds). */
export const sqsRecord = (event: object, sentAt: number): SQSRecord => ({
  messageId: randomUUID(),
  receiptHandle: 'handle',
  body: JSON.stringify(event),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(sentAt),
    SenderId: 'events.amazonaws.com',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:triggers',
  awsRegion: 'eu-west-1',
});

/** Moves the turn of a target group: an audit that began so many seconds ago, or one that never did and whose minute is over. */
export async function moveTurn(targetGroupArn: string, seconds?: number): Promise<void> {
  const client = new DynamoDBClient();
  const began = Date.now() - (seconds ?? 60) * 1000;
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: 'eks-nlb-auditor',
      Key: { pk: 'TRIGGERS', sk: targetGroupArn },
      UpdateExpression: seconds === undefined ? 'SET #until = :until' : 'SET #until = :until, startedAt = :began',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':until': began + 60_000, ...(seconds !== undefined && { ':began': began }) },
    }),
  );
  client.destroy();
}
