import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { readSettings, type Settings } from '../../io/settings.ts';
import { oneVpc, stackOf, templateOf } from './synthesize.ts';

const template = templateOf(oneVpc);
const slack = { ...oneVpc, notify: { slackWebhookSecret: 'nlb/slack', emails: ['platform@example.com'] } };
const [vpc] = oneVpc.vpcs;
const twoVpcs = { ...oneVpc, vpcs: [vpc, { ...vpc, id: 'vpc-0aaaaaaaaaaaaaa02', clusters: ['shop', 'payments'] }] };

/** The functions that are inside a VPC. */
const auditors = (from: typeof template) =>
  Object.entries(
    from.findResources('AWS::Lambda::Function', Match.objectLike({ Properties: { VpcConfig: Match.anyValue() } })),
  );

/** What the first auditor finds in AUDITOR_SETTINGS, with every reference to a resource resolved to `reference`. */
const settingsOf = (config: unknown): Settings => {
  const [, auditor] = auditors(templateOf(config))[0] ?? [];
  const [, parts] = auditor?.Properties.Environment.Variables.AUDITOR_SETTINGS['Fn::Join'] ?? [];
  const json = parts.map((part: unknown) => (typeof part === 'string' ? part : 'reference')).join('');
  return readSettings({ AUDITOR_SETTINGS: json });
};

describe('the auditor', () => {
  test('runs in the configured subnets with a security group of its own', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: {
        SubnetIds: ['subnet-0aaaaaaaaaaaaaa01', 'subnet-0aaaaaaaaaaaaaa02'],
        SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('SecurityGroup'), 'GroupId'] }],
      },
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1024,
      Timeout: 300,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  test('is started every 5 minutes with the scheduled time, which names the run', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1 },
      Target: {
        Input: '{"time":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 300 },
        DeadLetterConfig: { Arn: Match.anyValue() },
      },
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 300,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  test('is there once for each VPC, from one bundle, with one role that each cluster admits once', () => {
    const two = templateOf(twoVpcs);
    const functions = auditors(two).map(([, { Properties }]) => Properties);
    expect(functions).toHaveLength(2);
    expect(functions[0].Code).toEqual(functions[1].Code);
    expect(functions[0].Role).toEqual(functions[1].Role);
    two.resourceCountIs('AWS::EKS::AccessEntry', 2);
    two.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
  });

  test('shares the quota of the Region with the auditors of other VPCs', () => {
    expect(settingsOf(oneVpc).elbCallsPerSecond).toBe(5);
    expect(settingsOf(twoVpcs).elbCallsPerSecond).toBe(2.5);
  });

  test('is told its deployment in the words that it reads', () => {
    expect(settingsOf({ ...slack, probe: false, retentionDays: { findings: 30 } })).toEqual({
      name: 'eks-nlb-auditor',
      vpcId: 'vpc-0aaaaaaaaaaaaaa01',
      subnetIds: ['subnet-0aaaaaaaaaaaaaa01', 'subnet-0aaaaaaaaaaaaaa02'],
      securityGroupIds: ['reference'],
      table: 'reference',
      topicArn: 'reference',
      slackWebhookSecret: 'nlb/slack',
      findingsRetentionDays: 30,
      probe: false,
      elbCallsPerSecond: 5,
    });
  });

  test('reads Kubernetes by an access entry that shows no Secrets', () => {
    const policy = (name: string) => ({
      PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      AccessScope: { Type: 'cluster' },
    });
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      ClusterName: 'shop',
      Type: 'STANDARD',
      PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('AuditorRole'), 'Arn'] },
      KubernetesGroups: ['eks-nlb-auditor:viewers'],
      AccessPolicies: [policy('AmazonEKSViewPolicy'), policy('AmazonAIOpsAssistantPolicy')],
    });
  });

  test('opens the cluster security groups that the configuration names, and no other', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    templateOf({ vpcs: [{ ...vpc, clusterSecurityGroupIds: ['sg-0aaaaaaaaaaaaaa01'] }] }).hasResourceProperties(
      'AWS::EC2::SecurityGroupIngress',
      { GroupId: 'sg-0aaaaaaaaaaaaaa01', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    );
  });
});

describe('the notifier', () => {
  test('runs outside every VPC on findings that owe a message', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FilterCriteria: {
        Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"pending":{"M":{"key":{"S":[{"exists":true}]}}}}}}' }],
      },
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 5,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    expect(auditors(template)).toHaveLength(1);
    template.resourceCountIs('AWS::Lambda::Function', 2);
  });

  test('sweeps up every 15 minutes', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(15 minutes)',
      Target: { Input: '{"sweep":true}' },
    });
  });
});

describe('the memory', () => {
  test('survives the stack', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        SSESpecification: { SSEEnabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  test('keeps its logical ids, and so does everything else whose replacement loses something', () => {
    const ids = (type: string) => Object.keys(template.findResources(type));
    expect({
      table: ids('AWS::DynamoDB::GlobalTable'),
      topics: ids('AWS::SNS::Topic'),
      key: ids('AWS::KMS::Key'),
      queue: ids('AWS::SQS::Queue'),
      // EKS remembers the id of the role behind the ARN of an access entry: a new role of the same name is a stranger.
      auditorRole: ids('AWS::IAM::Role').filter((id) => id.includes('AuditorRole')),
    }).toMatchInlineSnapshot(`
      {
        "auditorRole": [
          "NlbAuditorAuditorRoleB1EFD1DF",
        ],
        "key": [
          "NlbAuditorMessageKey6643A534",
        ],
        "queue": [
          "NlbAuditorDeadLetters341DDF19",
        ],
        "table": [
          "NlbAuditorFindingsA8F0351B",
        ],
        "topics": [
          "NlbAuditorFindingsTopic7B47BAC3",
          "NlbAuditorAlarmTopic8B68334C",
        ],
      }
    `);
  });
});

describe('alarms', () => {
  test('ring for failed runs, for silence and for dead letters, on a topic of their own', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 3,
      Period: 300,
      TreatMissingData: 'breaching',
    });
  });

  test('reach the encrypted topic, whose key CloudWatch may use', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          }),
        ]),
      },
    });
  });
});

describe('the stack', () => {
  test('names the Slack secret and holds no credential', () => {
    const text = JSON.stringify(templateOf(slack).toJSON());
    expect(text).toContain('nlb/slack');
    expect(text).not.toMatch(/hooks\.slack\.com|xoxb-/);
  });

  test('subscribes each address to findings and alarms', () => {
    templateOf(slack).resourceCountIs('AWS::SNS::Subscription', 2);
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  test('keeps logs for the configured days', () => {
    templateOf({ ...oneVpc, retentionDays: { logs: 90 } }).allResourcesProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 90,
    });
  });

  test('tags what it makes', () => {
    templateOf({ ...oneVpc, name: 'watch', tags: { team: 'platform' } }).hasResourceProperties('AWS::SNS::Topic', {
      Tags: [
        { Key: 'app', Value: 'watch' },
        { Key: 'team', Value: 'platform' },
      ],
    });
  });

  test('tells what operators need to go on', () => {
    expect(Object.keys(template.findOutputs('*'))).toEqual([
      'TableName',
      'TopicArn',
      'AlarmTopicArn',
      'AuditorRoleArn',
      'AuditorSecurityGroupId',
      'FunctionNames',
    ]);
  });

  test.each([
    ['one VPC', oneVpc],
    ['two VPCs', twoVpcs],
    ['Slack and e-mail', slack],
  ])('breaks no rule of AwsSolutions: %s', (_, config) => {
    const stack = stackOf(config);
    const report = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
    expect(report.violations).toEqual([]);
  });

  test('would be caught breaking one', () => {
    const stack = stackOf(oneVpc);
    new Topic(stack, 'Clear');
    const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-SNS3');
  });
});
