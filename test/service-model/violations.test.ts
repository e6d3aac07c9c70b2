import { describe, expect, test } from 'vitest';
import type { RecordedCall } from '../../lab/lab.ts';
import { sdkModel } from './sdk-model.ts';
import { violationsOf } from './violations.ts';

const health = (targets: string, wrap = 'DescribeTargetHealth'): string =>
  `<?xml version="1.0"?><${wrap}Response xmlns="x"><${wrap}Result><TargetHealthDescriptions>${targets}` +
  `</TargetHealthDescriptions></${wrap}Result><ResponseMetadata/></${wrap}Response>`;

const describeTargetHealth: RecordedCall = {
  service: 'elasticloadbalancing',
  action: 'DescribeTargetHealth',
  parameters: { TargetGroupArn: 'arn', 'Targets.member.1.Id': 'i-1', 'Targets.member.1.Port': '80' },
  status: 200,
  answer: health('<member><Target><Id>i-1</Id><Port>80</Port></Target><HealthCheckPort>80</HealthCheckPort></member>'),
};

const describeInstances: RecordedCall = {
  service: 'ec2',
  action: 'DescribeInstances',
  parameters: { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': 'vpc-1', MaxResults: '1000' },
  status: 200,
  answer: `<DescribeInstancesResponse><requestId>1</requestId><reservationSet><item><instancesSet><item>
    <launchTime>2026-10-01T08:00:00.000Z</launchTime></item></instancesSet></item></reservationSet></DescribeInstancesResponse>`,
};

const describeCluster: RecordedCall = {
  service: 'eks',
  action: 'DescribeCluster',
  parameters: { name: 'shop' },
  status: 200,
  answer: '{"cluster":{"name":"shop","createdAt":1790000000,"tags":{"team":"shop"},"version":null}}',
};

const publish: RecordedCall = {
  service: 'sns',
  action: 'Publish',
  parameters: {
    TopicArn: 'arn',
    Message: 'hello',
    'MessageAttributes.entry.1.Name': 'severity',
    'MessageAttributes.entry.1.Value.DataType': 'String',
  },
  status: 200,
  answer: '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
};

const of = (call: RecordedCall, change: Partial<RecordedCall> = {}): string[] =>
  violationsOf([{ ...call, ...change }], sdkModel);

describe('calls that are as the models say', () => {
  test.each([describeTargetHealth, describeInstances, describeCluster, publish])('$service:$action', (call) => {
    expect(of(call)).toEqual([]);
  });

  test('an error of the protocol', () => {
    const answer = '<ErrorResponse><Error><Code>TargetGroupNotFound</Code></Error></ErrorResponse>';
    expect(of(describeTargetHealth, { status: 400, answer })).toEqual([]);
  });
});

describe('a violation is', () => {
  test.each([
    ['an action that the service lacks', { action: 'DescribeTargets' }, 'is no action of this service'],
    ['a required parameter that is missing', { parameters: {} }, 'request: lacks TargetGroupArn'],
    ['an unknown parameter', { parameters: { TargetGroupArn: 'arn', Marker: 'x' } }, 'request: has no member Marker'],
    [
      'a list whose numbers have a hole',
      { parameters: { TargetGroupArn: 'arn', 'Targets.member.2.Id': 'i-1' } },
      'request: Targets is no list',
    ],
    ['an unknown element', { answer: health('<member><State>healthy</State></member>') }, 'has no member State'],
    [
      'a number that is none',
      { answer: health('<member><Target><Id>i-1</Id><Port>http</Port></Target></member>') },
      'Port is "http", no number',
    ],
    ['a list written in the way of EC2', { answer: health('<item/>') }, 'TargetHealthDescriptions is no list'],
    ['a wrong wrapping', { answer: health('', 'DescribeTags') }, 'is not wrapped as the protocol wants'],
    ['an error without a code', { status: 400, answer: '<Response><Errors/></Response>' }, 'error: has no code'],
  ])('%s', (_, change, sentence) => {
    expect(of(describeTargetHealth, change)).toEqual([expect.stringContaining(sentence)]);
  });

  test.each([
    [describeInstances, { answer: describeInstances.answer?.replace('2026-10-01T08:00:00.000Z', 'yesterday') ?? '' }],
    [describeInstances, { answer: describeInstances.answer?.replaceAll('requestId', 'RequestId') ?? '' }],
    [describeInstances, { parameters: { 'Filters.member.1.Name': 'vpc-id' } }],
    [describeCluster, { answer: '{"cluster":{"createdAt":"2026-10-01T08:00:00Z"}}' }],
    [describeCluster, { answer: '{"cluster":{"tags":{"team":1}}}' }],
    [describeCluster, { answer: '{"Cluster":{}}' }],
    [describeCluster, { parameters: {} }],
    [publish, { parameters: { ...publish.parameters, 'MessageAttributes.entry.1.Value.Type': 'String' } }],
  ])('%o with %o', (call, change) => {
    expect(of(call, change)).toHaveLength(1);
  });
});
