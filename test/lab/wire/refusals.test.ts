import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { DescribeTargetGroupsCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import { clientOf, test } from './lab-fixture.ts';
import { topicArn } from './small-world.ts';

const item = { TableName: 'eks-nlb-auditor', Key: { pk: { S: 'a' }, sk: { S: 'b' } } };

const services = [
  {
    action: 'ec2:DescribeVpcs',
    ask: (lab: Lab) => new EC2Client(clientOf(lab)).send(new DescribeVpcsCommand({})),
    denied: { name: 'UnauthorizedOperation', status: 403 },
    throttled: { name: 'RequestLimitExceeded', status: 503 },
  },
  {
    action: 'elasticloadbalancing:DescribeTargetGroups',
    ask: (lab: Lab) => new ElasticLoadBalancingV2Client(clientOf(lab)).send(new DescribeTargetGroupsCommand({})),
    denied: { name: 'AccessDenied', status: 403 },
    throttled: { name: 'Throttling', status: 400 },
  },
  {
    action: 'eks:ListClusters',
    ask: (lab: Lab) => new EKSClient(clientOf(lab)).send(new ListClustersCommand({})),
    denied: { name: 'AccessDeniedException', status: 403 },
    throttled: { name: 'ThrottlingException', status: 429 },
  },
  {
    action: 'sts:GetCallerIdentity',
    ask: (lab: Lab) => new STSClient(clientOf(lab)).send(new GetCallerIdentityCommand({})),
    denied: { name: 'AccessDenied', status: 403 },
    throttled: { name: 'Throttling', status: 400 },
  },
  {
    action: 'sns:Publish',
    ask: (lab: Lab) => new SNSClient(clientOf(lab)).send(new PublishCommand({ TopicArn: topicArn, Message: 'm' })),
    denied: { name: 'AuthorizationErrorException', status: 403 },
    throttled: { name: 'ThrottledException', status: 429 },
  },
  {
    action: 'secretsmanager:GetSecretValue',
    ask: (lab: Lab) => new SecretsManagerClient(clientOf(lab)).send(new GetSecretValueCommand({ SecretId: 'any' })),
    denied: { name: 'AccessDeniedException', status: 400 },
    throttled: { name: 'ThrottlingException', status: 400 },
  },
  {
    action: 'dynamodb:GetItem',
    ask: (lab: Lab) => new DynamoDBClient(clientOf(lab)).send(new GetItemCommand(item)),
    denied: { name: 'AccessDeniedException', status: 400 },
    throttled: { name: 'ThrottlingException', status: 400 },
  },
];

describe.for(services)('a refusal of $action', ({ action, ask, denied, throttled }) => {
  test('is answered in the words of the service', async ({ start }) => {
    const lab = await start({ refusals: [{ action, error: 'AccessDenied' }] });
    await expect(ask(lab)).rejects.toMatchObject({
      name: denied.name,
      message: expect.stringContaining(action),
      $metadata: { httpStatusCode: denied.status },
    });
  });

  test('can be a throttle that passes', async ({ start }) => {
    const secrets = { any: 'value' };
    const lab = await start({ secrets, refusals: [{ action, error: 'Throttling', times: 1 }] });
    await expect(ask(lab)).rejects.toMatchObject({
      name: throttled.name,
      $metadata: { httpStatusCode: throttled.status },
    });
    await expect(ask(lab)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    expect(lab.calls.map(({ status }) => status)).toEqual([throttled.status, 200]);
  });
});

test('a throttle that passes is invisible behind the retries of the SDK', async ({ start }) => {
  const lab = await start({ refusals: [{ action: 'ec2:Describe*', error: 'Throttling', times: 1 }] });
  const ec2 = new EC2Client({ ...clientOf(lab), maxAttempts: 3 });
  await expect(ec2.send(new DescribeVpcsCommand({}))).resolves.toMatchObject({ Vpcs: [{}] });
  expect(lab.calls.map(({ service, action, status }) => `${service}:${action} ${status}`)).toEqual([
    'ec2:DescribeVpcs 503',
    'ec2:DescribeVpcs 200',
  ]);
});
