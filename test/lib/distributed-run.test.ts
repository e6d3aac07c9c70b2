import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { policyStatements } from './policy-statements.ts';
import { oneVpc, stackOf, templateOf } from './synthesize.ts';

const template = templateOf({ ...oneVpc, scale: 'distributed' });

test('by default one function does a run, and nothing of the engine is there', () => {
  const alone = templateOf(oneVpc);
  alone.resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  alone.resourceCountIs('AWS::S3::Bucket', 1);
  expect(templateOf({ ...oneVpc, scale: 'function' }).toJSON()).toEqual(alone.toJSON());
});

describe.each(['auto', 'distributed'])('with `scale: %s`', (scale) => {
  test('the schedule starts the state machine and no function', () => {
    templateOf({ ...oneVpc, scale }).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)',
      Target: {
        Arn: { Ref: Match.stringLikeRegexp('Machine') },
        Input: '{"time":"<aws.scheduler.scheduled-time>"}',
        DeadLetterConfig: Match.anyValue(),
      },
    });
  });
});

test('the parts of a run are Express executions that the engine times, repeats and bears the loss of', () => {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const text = JSON.stringify(machine?.['Properties'].DefinitionString);
  for (const word of [
    'EXPRESS',
    's3:getObject',
    'ToleratedFailurePercentage',
    'TimeoutSeconds',
    'Lambda.TooManyRequestsException',
    'Catch',
  ]) {
    expect(text).toContain(word);
  }
  expect(machine?.['Properties']).toMatchObject({
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
  });
});

test('the surveyor is outside of the VPC and may read nothing of it', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    MemorySize: 512,
    Timeout: 900,
    VpcConfig: Match.absent(),
    Description: Match.stringLikeRegexp('API budget'),
  });
  const actions = policyStatements(template)
    .filter(({ policy }) => policy.includes('SurveyorRole'))
    .flatMap((statement) => statement.actions);
  expect(actions).toContain('elasticloadbalancing:DescribeTargetHealth');
  expect(actions.filter((action) => /^(ec2|sns|secretsmanager|s3:Get)/.test(action))).toEqual([]);
});

test('the engine may start these functions and its own parts, and read the plans', () => {
  const statements = policyStatements(template).filter(({ policy }) => /Machine.*Policy/.test(policy));
  const beyond = statements
    .filter(({ resources }) => resources.includes('"*"'))
    .flatMap((statement) => statement.actions);
  expect(beyond.filter((action) => !/^(logs|xray):/.test(action))).toEqual([]);
  expect(statements.flatMap((statement) => statement.actions)).toEqual(
    expect.arrayContaining(['lambda:InvokeFunction', 's3:GetObject', 'states:StartExecution']),
  );
});

test('it breaks no rule of AwsSolutions', () => {
  const stack = stackOf({ ...oneVpc, scale: 'auto' });
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
  expect(violations).toEqual([]);
});
