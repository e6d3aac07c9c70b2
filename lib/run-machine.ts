import { ArnFormat, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { acknowledge } from './access/acknowledge.ts';
import { acknowledgeWildcard } from './access/acknowledge-wildcard.ts';

export interface RunMachineProps {
  surveyor: IFunction;
  auditor: IFunction;
  /** Where the stages of a run leave things to each other. */
  plans: s3.Bucket;
  logRetentionDays: number;
}

/** Of the executions of parts. */
const partsLabel = 'Parts';

/** Parts that are read at the same time: each is a function of the account's quota of 1,000 (Lambda quotas). */
const partsAtOnce = 40;

/** An Express execution ends after five minutes (Step Functions quotas); the part itself ends a little earlier. */
const partTimeout = Duration.seconds(285);

/** How long a run may take that many functions share: less than its lease (`lambda/stages.ts`). */
export const longestRunMinutes = 29;

/**
 * One run: the surveyor says whether one function audits alone or many share the run. Then one reads the VPC, the parts of the
 * plan are audited side by side, and the last puts the report together. A part that fails, or takes too long, is an answer too.
 */
export function runMachine(scope: Construct, id: string, props: RunMachineProps): sfn.StateMachine {
  const { surveyor, auditor, plans, logRetentionDays } = props;
  const time = sfn.JsonPath.stringAt('$.time');
  const stage = (name: string, lambdaFunction: IFunction, payload: Record<string, unknown>) =>
    new LambdaInvoke(scope, name, {
      lambdaFunction,
      payload: sfn.TaskInput.fromObject(payload),
      outputPath: '$.Payload',
    });

  const survey = stage('Survey', surveyor, { stage: 'survey', time });
  const alone = stage('Audit', auditor, { time });
  const network = new LambdaInvoke(scope, 'Network', {
    lambdaFunction: auditor,
    payload: sfn.TaskInput.fromObject({ stage: 'network', time }),
    resultPath: sfn.JsonPath.DISCARD,
  });
  const join = stage('Join', auditor, {
    stage: 'join',
    time,
    lease: sfn.JsonPath.objectAt('$.lease'),
    parts: sfn.JsonPath.listAt('$.parts'),
  });
  // Every stage may be repeated: it writes the same again.
  for (const task of [survey, network, join]) task.addRetry({ maxAttempts: 1, interval: Duration.seconds(5) });

  const audited = new sfn.Choice(scope, 'Course')
    .when(sfn.Condition.stringEquals('$.course', 'function'), alone)
    .when(sfn.Condition.stringEquals('$.course', 'skipped'), new sfn.Succeed(scope, 'Skipped'))
    .otherwise(network.next(parts(scope, { auditor, plans })).next(join));
  const machine = new sfn.StateMachine(scope, id, {
    definitionBody: sfn.DefinitionBody.fromChainable(survey.next(audited)),
    timeout: Duration.minutes(longestRunMinutes),
    tracingEnabled: true,
    logs: {
      destination: new logs.LogGroup(scope, `${id}Log`, {
        retention: logRetentionDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      level: sfn.LogLevel.ERROR,
      includeExecutionData: false,
    },
  });
  acknowledgePolicies(machine, { surveyor, auditor, plans });
  acknowledge(machine, {
    id: 'AwsSolutions-SF1',
    reason: 'Every function logs what it does; of the engine only what went wrong is worth its price.',
  });
  return machine;
}

function acknowledgePolicies(
  machine: sfn.StateMachine,
  { surveyor, auditor, plans }: Omit<RunMachineProps, 'logRetentionDays'>,
): void {
  for (const { functionArn } of [surveyor, auditor]) {
    acknowledgeWildcard(machine, `${functionArn}:*`, 'The wildcard covers the versions of this one function.');
  }
  const objects = `arn:${Aws.PARTITION}:s3:::${plans.bucketName}/*`;
  acknowledgeWildcard(machine, objects, 'The bucket holds the plans of runs and nothing else.');
  const stack = Stack.of(machine);
  const name = stack.splitArn(machine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME).resourceName;
  for (const executions of [`${name}:*`, `${name}/${partsLabel}:*`]) {
    const arn = stack.formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: executions,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    acknowledgeWildcard(machine, arn, 'The parts of a run are executions of this one machine.');
  }
  acknowledge(machine, {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'The delivery of logs and X-Ray know no narrower resource.',
  });
}

/** Side by side, each part in an Express execution. What became of it goes on in any case: the join makes a gap of what failed. */
function parts(scope: Construct, { auditor, plans }: Pick<RunMachineProps, 'auditor' | 'plans'>): sfn.DistributedMap {
  const part = new LambdaInvoke(scope, 'Part', {
    lambdaFunction: auditor,
    payload: sfn.TaskInput.fromJsonPathAt('$'),
    outputPath: '$.Payload',
    taskTimeout: sfn.Timeout.duration(partTimeout),
  });
  part.addRetry({
    errors: ['Lambda.TooManyRequestsException'],
    maxAttempts: 5,
    interval: Duration.seconds(2),
    maxDelay: Duration.seconds(20),
  });
  part.addCatch(
    new sfn.Pass(scope, 'Lost', {
      parameters: { index: sfn.JsonPath.numberAt('$.index'), error: sfn.JsonPath.stringAt('$.failed.Error') },
    }),
    { resultPath: '$.failed' },
  );
  const map = new sfn.DistributedMap(scope, 'Parts', {
    label: partsLabel,
    itemReader: new sfn.S3JsonItemReader({
      // The class admits undefined where the interface does not (exactOptionalPropertyTypes).
      bucket: plans as s3.IBucket,
      key: sfn.JsonPath.stringAt('$.items'),
    }),
    itemSelector: {
      stage: 'part',
      time: sfn.JsonPath.stringAt('$.time'),
      index: sfn.JsonPath.numberAt('$$.Map.Item.Value.index'),
    },
    mapExecutionType: sfn.StateMachineType.EXPRESS,
    maxConcurrency: partsAtOnce,
    toleratedFailurePercentage: 100,
    resultPath: '$.parts',
  });
  return map.itemProcessor(part);
}
