import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test, vi } from 'vitest';
import { readSettings, type Settings } from '../../config/settings.ts';
import type { RunSummary } from '../../core/lifecycle/run-summary.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import { emitRefusals, emitRunMetrics } from '../../io/metrics.ts';
import { alarmWalks, type Resource } from './alarm-walks.ts';
import { policyStatements } from './policy-statements.ts';
import { everyChannel, oneVpc, stackOf, templateOf } from './synthesize.ts';

const run: RunSummary = {
  runId: '2026-11-22T10:00:00Z',
  startedAt: '2026-11-22T10:00:00Z',
  finishedAt: '2026-11-22T10:00:09Z',
  complete: true,
  diagnoses: { unhealthy: 0, unserved: 0, unexplained: 0, latent: 0, expected: 0 },
  served: { served: 1, partly: 0, unserved: 0, excused: 0, idle: 0, unknown: 0 },
  verdict: 'well' as const,
  changes: {},
  apiCalls: 3,
  throttles: 0,
  gaps: 0,
};

const mute = {
  pattern: '111122223333/eu-west-1/shop/*/pod-crashloop',
  owner: 'team payments',
  reason: 'It crashes on purpose.',
  until: '2026-12-01T00:00:00Z',
};
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
const settingsOf = (config: unknown): Settings => readFrom(auditors(templateOf(config))[0]?.[1]);

/** The same of the function whose logical id has this in it. */
const settingsIn = (from: typeof template, id: string): Settings =>
  readFrom(
    Object.entries(from.findResources('AWS::Lambda::Function')).find(([logicalId]) => logicalId.includes(id))?.[1],
  );

function readFrom(resource: { Properties?: Record<string, unknown> } | undefined): Settings {
  // biome-ignore lint/suspicious/noExplicitAny: properties have the shape that their type wants
  const { Environment } = (resource?.Properties ?? {}) as any;
  const [, parts] = Environment.Variables.AUDITOR_SETTINGS['Fn::Join'] ?? [];
  const json = parts.map((part: unknown) => (typeof part === 'string' ? part : 'reference')).join('');
  return readSettings({ AUDITOR_SETTINGS: json });
}

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
    expect(
      settingsOf({
        ...slack,
        probe: false,
        checks: { 'pod-crashloop': 'low' },
        mutes: [mute],
        retentionDays: { findings: 30 },
      }),
    ).toEqual({
      name: 'eks-nlb-auditor',
      vpcId: 'vpc-0aaaaaaaaaaaaaa01',
      subnetIds: ['subnet-0aaaaaaaaaaaaaa01', 'subnet-0aaaaaaaaaaaaaa02'],
      securityGroupIds: ['reference'],
      coveredVpcIds: ['vpc-0aaaaaaaaaaaaaa01'],
      channels: [],
      routes: [],
      lifeCycle: defaultLifeCycle,
      noise: defaultNoise,
      checks: { 'pod-crashloop': 'low' },
      mutes: [mute],
      table: 'reference',
      topicArn: 'reference',
      slackWebhookSecret: 'nlb/slack',
      eventBusArn: 'reference',
      reportBucket: 'reference',
      findingsRetentionDays: 30,
      probe: false,
      metrics: 'off',
      changes: 'off',
      flowLogs: 'off',
      elbCallsPerSecond: 5,
      scale: 'function',
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

  test('is granted by the ClusterRole alone where policies are not wanted', () => {
    templateOf({ ...oneVpc, kubernetesAccess: 'cluster-role' }).hasResourceProperties('AWS::EKS::AccessEntry', {
      KubernetesGroups: ['eks-nlb-auditor:viewers'],
      AccessPolicies: [],
    });
  });

  test('starts at other minutes than the auditors of other VPCs', () => {
    const starts = (config: unknown) =>
      Object.values(templateOf(config).findResources('AWS::Scheduler::Schedule'))
        .map(({ Properties }) => Properties.ScheduleExpression)
        .filter((expression) => expression !== 'rate(15 minutes)');
    expect(starts(twoVpcs)).toEqual(['cron(0/5 * * * ? *)', 'cron(2/5 * * * ? *)']);
    expect(starts({ ...twoVpcs, schedule: 'rate(7 minutes)' })).toEqual(['rate(7 minutes)', 'rate(7 minutes)']);
    expect(starts({ ...twoVpcs, schedule: 'rate(1 hour)' })).toEqual(['cron(0 * * * ? *)', 'cron(30 * * * ? *)']);
    expect(starts({ ...twoVpcs, schedule: 'rate(6 hours)' })).toEqual(['cron(0 0/6 * * ? *)', 'cron(0 3/6 * * ? *)']);
    expect(starts({ ...twoVpcs, schedule: 'rate(24 hours)' })).toEqual(['cron(0 0 * * ? *)', 'cron(0 12 * * ? *)']);
  });

  test('of the first VPC alone reports what no auditor covers', () => {
    const told = auditors(templateOf(twoVpcs)).map(([, { Properties }]) =>
      JSON.stringify(Properties.Environment.Variables.AUDITOR_SETTINGS).includes('coveredVpcIds'),
    );
    expect(told.toSorted()).toEqual([false, true]);
    expect(settingsOf(twoVpcs).coveredVpcIds).toEqual(['vpc-0aaaaaaaaaaaaaa01', 'vpc-0aaaaaaaaaaaaaa02']);
  });

  test('gets IPv6 addresses only where the configuration says so', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { Ipv6AllowedForDualStack: Match.absent() } });
    const dual = templateOf({ vpcs: [{ ...vpc, ipv6: true }] });
    dual.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { Ipv6AllowedForDualStack: true } });
    dual.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0' }), Match.objectLike({ CidrIpv6: '::/0' })],
    });
  });

  test('gets its own ways to AWS in isolated subnets, and no endpoint unasked', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    const isolated = templateOf({ vpcs: [{ ...vpc, endpoints: { routeTableIds: ['rtb-0aaaaaaaaaaaaaa01'] } }] });
    const endpoints = Object.values(isolated.findResources('AWS::EC2::VPCEndpoint')).map(
      ({ Properties }) => Properties,
    );
    expect(endpoints.map(({ VpcEndpointType }) => VpcEndpointType).toSorted()).toEqual([
      'Gateway',
      'Gateway',
      'Interface',
      'Interface',
      'Interface',
    ]);
    expect(endpoints.map(({ RouteTableIds }) => RouteTableIds).filter(Boolean)).toEqual([
      ['rtb-0aaaaaaaaaaaaaa01'],
      ['rtb-0aaaaaaaaaaaaaa01'],
    ]);
    isolated.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('EndpointSecurityGroup'), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('SecurityGroup'), 'GroupId'] },
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

describe('the reconciler', () => {
  const reconciling = templateOf({ ...oneVpc, grantOwnAccess: true });
  const granted = (from: typeof template) =>
    policyStatements(from).filter(({ policy }) => policy.includes('ReconcilerRole'));
  const auditorArn = { 'Fn::GetAtt': [expect.stringMatching(/AuditorRole/), 'Arn'] };

  test('is there only where it is asked for, and looks every hour', () => {
    expect(granted(template)).toEqual([]);
    template.resourceCountIs('AWS::Scheduler::Schedule', 2);
    reconciling.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 hour)' });
    reconciling.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('refused'),
    });
  });

  test('may make the entry of the auditor alone, in its group, of the standard type', () => {
    const [create] = granted(reconciling).filter(({ actions }) => actions.includes('eks:CreateAccessEntry'));
    expect(create).toMatchObject({
      actions: ['eks:CreateAccessEntry'],
      condition: {
        StringEquals: { 'eks:principalArn': auditorArn, 'eks:accessEntryType': 'STANDARD' },
        'ForAllValues:StringEquals': { 'eks:kubernetesGroups': ['eks-nlb-auditor:viewers'] },
        Null: { 'eks:username': 'true' },
      },
    });
  });

  test('may give that entry the two policies without Secrets, for the whole cluster', () => {
    const [associate] = granted(reconciling).filter(({ actions }) => actions.includes('eks:AssociateAccessPolicy'));
    expect(associate).toMatchObject({
      actions: ['eks:AssociateAccessPolicy'],
      condition: {
        StringEquals: {
          'eks:principalArn': auditorArn,
          'eks:policyArn': [
            'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
            'arn:aws:eks::aws:cluster-access-policy/AmazonAIOpsAssistantPolicy',
          ],
          'eks:accessScope': 'cluster',
        },
      },
    });
    expect(associate?.resources).toEqual([expect.stringMatching(/:access-entry\/\*\/role\/.*AuditorRole.*\/\*/)]);
  });

  test('may give no policy where the ClusterRole grants everything', () => {
    const strict = templateOf({ ...oneVpc, grantOwnAccess: true, kubernetesAccess: 'cluster-role' });
    const actions = granted(strict).flatMap((statement) => statement.actions);
    expect(actions).toContain('eks:CreateAccessEntry');
    expect(actions.filter((action) => action.includes('AccessPolic'))).toEqual([]);
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
      reports: ids('AWS::S3::Bucket'),
      topics: ids('AWS::SNS::Topic'),
      bus: ids('AWS::Events::EventBus'),
      key: ids('AWS::KMS::Key'),
      queue: ids('AWS::SQS::Queue'),
      // EKS remembers the id of the role behind the ARN of an access entry: a new role of the same name is a stranger.
      auditorRole: ids('AWS::IAM::Role').filter((id) => id.includes('AuditorRole')),
    }).toMatchInlineSnapshot(`
      {
        "auditorRole": [
          "NlbAuditorAuditorRoleB1EFD1DF",
        ],
        "bus": [
          "NlbAuditorEventBus61428F85",
        ],
        "key": [
          "NlbAuditorMessageKey6643A534",
        ],
        "queue": [
          "NlbAuditorDeadLetters341DDF19",
        ],
        "reports": [
          "NlbAuditorReports4E851FB7",
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

describe('the reports', () => {
  test('are private, encrypted, kept for the configured days, and survive the stack', () => {
    templateOf({ ...oneVpc, retentionDays: { reports: 14 } }).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 14, Status: 'Enabled' }] },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Action: 's3:*' }),
        ],
      },
    });
  });

  test('are written by the auditors and read by the notifier alone', () => {
    const onReports = policyStatements(template).filter(({ resources }) =>
      resources.some((resource) => resource.includes('Reports')),
    );
    expect(onReports.map(({ policy, actions }) => [policy.replace(/DefaultPolicy.*/, ''), actions])).toEqual([
      [expect.stringContaining('AuditorRole'), ['s3:PutObject']],
      [expect.stringContaining('NotifierRole'), ['s3:GetObject']],
    ]);
  });
});

describe('alarms', () => {
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));

  test('ring on a topic of their own, each with what to do', () => {
    expect(
      alarms
        .map(([id]) => /Failed|Throttled|Slow|Incomplete|Silent|Uncovered|Late|Refused|Waiting/.exec(id)?.[0])
        .toSorted(),
    ).toEqual([
      'Failed',
      'Failed',
      'Incomplete',
      'Late',
      'Refused',
      'Silent',
      'Slow',
      'Throttled',
      'Uncovered',
      'Waiting',
    ]);
    for (const [, { Properties }] of alarms) {
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/AlarmTopic/) }]);
      expect(Properties.AlarmDescription).toMatch(/: .*[a-z]/);
    }
  });

  test('miss a run that was not completed for three intervals, whatever kept it', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'EksNlbAuditor',
      MetricName: 'RunCompleted',
      Dimensions: [
        { Name: 'Deployment', Value: 'eks-nlb-auditor' },
        { Name: 'Vpc', Value: 'vpc-0aaaaaaaaaaaaaa01' },
      ],
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 3,
      Period: 300,
      TreatMissingData: 'breaching',
    });
  });

  test('see a run that takes 80 % of its time', () => {
    templateOf({ ...oneVpc, auditor: { timeoutMinutes: 10 } }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Duration',
      Threshold: 480_000,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  test('see a day that costs more than its share of the budget, where there is one', () => {
    // 3 dollars a month for two auditors are 0.05 a day for each: 3750 GB-seconds.
    const budgeted = templateOf({ ...twoVpcs, budgetUsdPerMonth: 3 });
    const costly = Object.entries(budgeted.findResources('AWS::CloudWatch::Alarm')).filter(([id]) => /Costly/.test(id));
    expect(costly.map(([, { Properties }]) => [Properties.Statistic, Properties.Period])).toEqual([
      ['Sum', 86_400],
      ['Sum', 86_400],
    ]);
    for (const [, { Properties }] of costly) expect(Properties.Threshold / 1000).toBeCloseTo(3750, 0);
    const free = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
    expect(free.filter((id) => /Costly/.test(id))).toEqual([]);
  });

  test('and the dashboard look at metrics that the functions write', () => {
    const written: string[] = [];
    const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    emitRunMetrics({ Deployment: 'eks-nlb-auditor', Vpc: 'vpc-0aaaaaaaaaaaaaa01' }, run, 0);
    emitRefusals({ Deployment: 'eks-nlb-auditor' }, 1);
    output.mockRestore();
    const names = written.flatMap((line) => {
      const { _aws, ...values } = JSON.parse(line);
      const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
      const dimensions = Dimensions[0].map((name: string) => `${name}=${values[name]}`).join();
      return Metrics.map(({ Name }: { Name: string }) => `${Namespace} ${Name} ${dimensions}`);
    });
    const ofAlarms = alarms
      .map(([, { Properties }]) => Properties)
      .filter(({ Namespace }) => Namespace === 'EksNlbAuditor')
      .map(
        ({ MetricName, Dimensions }) =>
          `EksNlbAuditor ${MetricName} ${Dimensions.map((each: { Name: string; Value: string }) => `${each.Name}=${each.Value}`)}`,
      );
    expect(ofAlarms.length).toBeGreaterThan(3);
    expect(names).toEqual(expect.arrayContaining(ofAlarms));
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.Properties.DashboardBody);
    const shown = [...body.matchAll(/EksNlbAuditor\\",\\"(\w+)/g)].map(([, name]) => name);
    expect(shown.length).toBeGreaterThan(3);
    expect(names.map((name) => name.split(' ')[1])).toEqual(expect.arrayContaining(shown));
  });

  test('come without a dashboard where none is wanted', () => {
    templateOf({ ...oneVpc, dashboard: false }).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  test('reach people: each has a topic, a policy and a key that let CloudWatch publish, in every shape of the stack', () => {
    const organization = {
      ...everyChannel,
      organizationId: 'o-a1b2c3d4e5',
      grantOwnAccess: true,
      budgetUsdPerMonth: 3,
    };
    for (const config of [oneVpc, twoVpcs, organization]) {
      const walks = alarmWalks(templateOf(config));
      expect(walks.length).toBeGreaterThan(9);
      expect(walks.filter(({ missing }) => missing.length > 0)).toEqual([]);
    }
  });

  test('that a topic or a key does not admit are caught', () => {
    const resources = template.toJSON().Resources;
    const without = (type: string, sid: string) =>
      Object.fromEntries(
        Object.entries<Resource>(resources).map(([id, resource]) => [
          id,
          resource.Type === type
            ? JSON.parse(JSON.stringify(resource).replaceAll('cloudwatch.amazonaws.com', sid))
            : resource,
        ]),
      );
    const missing = (changed: Record<string, Resource>) =>
      new Set(alarmWalks({ toJSON: () => ({ Resources: changed }) }).flatMap((walk) => walk.missing));
    expect(missing(without('AWS::SNS::TopicPolicy', 'events.amazonaws.com'))).toEqual(new Set(['sns:Publish']));
    expect(missing(without('AWS::KMS::Key', 'events.amazonaws.com'))).toEqual(
      new Set(['kms:Decrypt', 'kms:GenerateDataKey*']),
    );
  });

  test('about dead letters can ring: everything that names the queue may send to it', () => {
    const resources = Object.entries<Resource>(
      templateOf({ ...everyChannel, grantOwnAccess: true }).toJSON().Resources,
    );
    const senders = resources.flatMap(([, { Type, Properties }]) => {
      const named = JSON.stringify(Properties);
      if (Type === 'AWS::Scheduler::Schedule') return [Properties.Target.RoleArn];
      if (Type !== 'AWS::Lambda::EventInvokeConfig' && Type !== 'AWS::Lambda::EventSourceMapping') return [];
      expect(named).toContain('DeadLetters');
      const [, invoked] = resources.find(([id]) => id === Properties.FunctionName.Ref) ?? [];
      return [invoked?.Properties.Role];
    });
    const allowed = policyStatements(templateOf({ ...everyChannel, grantOwnAccess: true }))
      .filter(({ actions, resources: on }) => actions.includes('sqs:SendMessage') && on.join().includes('DeadLetters'))
      .map(({ policy }) => policy.replace(/DefaultPolicy.*/, ''));
    expect(senders.length).toBeGreaterThan(6);
    for (const sender of senders) {
      const role: string = sender['Fn::GetAtt'][0];
      expect(
        allowed.some((policy) => role.startsWith(policy)),
        role,
      ).toBe(true);
    }
  });
});

describe('channels', () => {
  const all = templateOf(everyChannel);

  test('are what the notifier is told, with names of secrets and without a credential', () => {
    const told = settingsIn(all, 'Notifier');
    expect(told.channels.map(({ name, to }) => `${name} ${to.type}`)).toEqual([
      'platform slack',
      'pager pagerduty',
      'room teams',
      'bus eventbridge',
    ]);
    expect(told.routes).toEqual([{ match: { severity: 'high', teams: ['web'] }, to: ['platform'] }]);
    expect(told.teamLabel).toBe('team');
    expect(settingsOf(everyChannel)).toMatchObject({ channels: [], teamLabel: 'team' });
  });

  test('that need a secret may be read by the notifier, each alone', () => {
    const secrets = policyStatements(all).filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'));
    expect(
      secrets.map(({ policy, resources }) => [policy.replace(/.*(Notifier|Buttons).*/, '$1'), resources.length]),
    ).toEqual(
      expect.arrayContaining([
        ['Notifier', 3],
        ['Buttons', 1],
      ]),
    );
  });

  test('without buttons make nothing that is public', () => {
    template.resourceCountIs('AWS::Lambda::Url', 0);
    expect(JSON.stringify(template.toJSON())).not.toContain('InvokeFunctionUrl');
  });

  test('with buttons make one public URL, which is told, and lets Slack invoke nothing else', () => {
    all.resourceCountIs('AWS::Lambda::Url', 1);
    all.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
    expect(Object.keys(all.findOutputs('SlackRequestUrl'))).toEqual(['SlackRequestUrl']);
    const open = Object.values(all.findResources('AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal === '*',
    );
    expect(open.map(({ Properties }) => Properties.Action).toSorted()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { Properties } of open) expect(JSON.stringify(Properties.FunctionName)).toContain('SlackButtons');
    all.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5 });
    const told = settingsIn(all, 'SlackButtons');
    expect(told.buttons).toEqual({ signingSecret: 'nlb/signing' });
    expect(Object.keys(told.auditors ?? {})).toEqual(['vpc-0aaaaaaaaaaaaaa01']);
  });
});

describe('in an organization', () => {
  const inOrganization = {
    StringEquals: Match.objectLike({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }),
    ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/eks-nlb-auditor/notifier/*' },
  };

  test('a notifier is known by the path of its role, and no other role has it', () => {
    const paths = Object.entries(template.findResources('AWS::IAM::Role')).filter(
      ([, { Properties }]) => Properties.Path === '/eks-nlb-auditor/notifier/',
    );
    expect(paths.map(([id]) => id)).toEqual([expect.stringContaining('NotifierRole')]);
  });

  test('the notifiers may publish to the central topic of findings and no other', () => {
    const central = templateOf({ ...oneVpc, organizationId: 'o-a1b2c3d4e5' });
    const open = Object.values(central.findResources('AWS::SNS::TopicPolicy')).filter((policy) =>
      JSON.stringify(policy).includes('PrincipalOrgID'),
    );
    expect(open.map(({ Properties }) => Properties.Topics)).toEqual([
      [{ Ref: expect.stringMatching(/FindingsTopic/) }],
    ]);
    central.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'sns:Publish', Condition: inOrganization })]),
      },
    });
    central.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Condition: inOrganization })]) },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('PrincipalOrgID');
  });

  test('the notifiers may put events on the central bus', () => {
    templateOf({ ...oneVpc, organizationId: 'o-a1b2c3d4e5' }).hasResourceProperties('AWS::Events::EventBusPolicy', {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'events:PutEvents',
        Condition: inOrganization,
      },
    });
    template.resourceCountIs('AWS::Events::EventBusPolicy', 0);
  });

  test('the stack of a member sends its events to the central bus', () => {
    const centralBusArn = 'arn:aws:events:eu-west-1:444455556666:event-bus/findings';
    expect(settingsOf({ ...oneVpc, notify: { centralBusArn } }).eventBusArn).toBe(centralBusArn);
  });

  test('the stack of a member publishes to the central topic, with its key', () => {
    const centralTopic = {
      topicArn: 'arn:aws:sns:eu-west-1:444455556666:findings',
      keyArn: 'arn:aws:kms:eu-west-1:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
    };
    const member = { ...oneVpc, notify: { centralTopic } };
    expect(settingsOf(member).topicArn).toBe(centralTopic.topicArn);
    const granted = policyStatements(templateOf(member)).filter(({ policy }) => policy.includes('NotifierRole'));
    expect(granted.find(({ actions }) => actions.includes('sns:Publish'))?.resources).toEqual([
      JSON.stringify(centralTopic.topicArn),
    ]);
    expect(granted.find(({ resources }) => resources.includes(JSON.stringify(centralTopic.keyArn)))).toMatchObject({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      condition: { StringEquals: { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com' } },
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
      'ReportBucketName',
      'TopicArn',
      'EventBusArn',
      'AlarmTopicArn',
      'MessageKeyArn',
      'AuditorRoleArn',
      'AuditorSecurityGroupId',
      'FunctionNames',
    ]);
  });

  test.each([
    ['one VPC', oneVpc],
    ['two VPCs', twoVpcs],
    ['Slack and e-mail', slack],
    ['isolated subnets', { vpcs: [{ ...vpc, ipv6: true, endpoints: { routeTableIds: ['rtb-0aaaaaaaaaaaaaa01'] } }] }],
    ['every kind of channel, and buttons', everyChannel],
    ['the centre of an organization', { ...oneVpc, organizationId: 'o-a1b2c3d4e5' }],
    ['access that it grants itself', { ...oneVpc, grantOwnAccess: true }],
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
