import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { policyStatements } from './policy-statements.ts';
import { oneVpc, stackOf, templateOf } from './synthesize.ts';

const alarms = templateOf({ ...oneVpc, triggers: ['alarms'] });

test('by default nothing starts an audit but the schedule', () => {
  const alone = templateOf(oneVpc);
  alone.resourceCountIs('AWS::Events::Rule', 0);
  alone.resourceCountIs('AWS::SQS::Queue', 1);
  expect(templateOf({ ...oneVpc, triggers: [] }).toJSON()).toEqual(alone.toJSON());
});

test('one alarm is over all target groups of Network Load Balancers, and a rule takes the changes of each and of no other alarm', () => {
  alarms.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: [
      {
        Expression:
          'SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/NetworkELB", LoadBalancer, TargetGroup) GROUP BY TargetGroup ORDER BY MAX() DESC',
        Period: 60,
        ReturnData: true,
      },
    ],
    Threshold: 1,
    EvaluationPeriods: 1,
    AlarmActions: Match.absent(),
  });
  alarms.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm Contributor State Change'],
      resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('TriggersUnhealthy'), 'Arn'] }],
    },
    Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
  });
});

test('events wait in a queue for no longer than the function may take, then end with the dead letters', () => {
  alarms.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 45,
    SqsManagedSseEnabled: true,
    RedrivePolicy: { maxReceiveCount: 5 },
  });
  alarms.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  alarms.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 40,
    VpcConfig: Match.absent(),
    Description: Match.stringLikeRegexp('single target groups'),
  });
});

describe('its role', () => {
  const statements = policyStatements(alarms).filter(({ policy }) => policy.includes('TriggersRole'));

  test('may start the auditors, keep turns, and learn where a target group is', () => {
    const actions = statements.flatMap((statement) => statement.actions);
    expect(actions.filter((action) => !/^(logs|xray|sqs):/.test(action)).toSorted()).toEqual([
      'dynamodb:UpdateItem',
      'elasticloadbalancing:DescribeTargetGroups',
      'lambda:InvokeFunction',
    ]);
    expect(actions.filter((action) => action.startsWith('sqs:'))).not.toContain('sqs:SendMessage');
  });

  test('reaches no finding in the table', () => {
    const [turns] = statements.filter(({ actions }) => actions.includes('dynamodb:UpdateItem'));
    expect(turns?.condition).toEqual({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['TRIGGERS'] } });
  });
});

test('changes are calls that were carried out, and only where they are wanted the trigger may read baselines', () => {
  const changes = templateOf({ ...oneVpc, triggers: ['changes'] });
  changes.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.ec2', 'aws.elasticloadbalancing'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventName: Match.arrayWith(['RevokeSecurityGroupIngress', 'DeleteListener', 'ModifyTargetGroup']),
        errorCode: [{ exists: false }],
      },
    },
  });
  const query = (template: typeof changes) =>
    policyStatements(template).filter(
      ({ policy, actions }) => policy.includes('TriggersRole') && actions.includes('dynamodb:Query'),
    );
  expect(query(changes)).toHaveLength(1);
  expect(query(alarms)).toEqual([]);
  const watched = Object.values(changes.findResources('AWS::CloudWatch::Alarm')).filter(
    ({ Properties }) => Properties.Metrics,
  );
  expect(watched).toEqual([]);
  templateOf({ ...oneVpc, triggers: ['alarms', 'changes'] }).resourceCountIs('AWS::Events::Rule', 2);
});

test.each(['function', 'distributed'])('with `scale: %s` it starts the auditor itself', (scale) => {
  const template = templateOf({ ...oneVpc, scale, triggers: ['alarms'] });
  const [invoke] = policyStatements(template).filter(
    ({ policy, actions }) => policy.includes('TriggersRole') && actions.includes('lambda:InvokeFunction'),
  );
  expect(invoke?.resources).toHaveLength(1);
  expect(invoke?.resources[0]).not.toContain('Surveyor');
});

test('it breaks no rule of AwsSolutions', () => {
  const stack = stackOf({ ...oneVpc, triggers: ['alarms', 'changes'] });
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
  expect(violations).toEqual([]);
});
