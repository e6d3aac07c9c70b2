import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import { podCrashloop } from '../../../lab/scenarios/pod-crashloop.ts';
import { type LabOptions, startLab } from '../../../lab/start.ts';
import { interfaceClient } from '../../../lab/wire/function/interface-client.ts';
import { type Invocation, type LambdaFunction, lambdaFunction } from '../../../lab/wire/function/lambda.ts';
import { type DeployedFunction, type Deployment, deploy } from '../../../scripts/demo/deployment.ts';
import { lambdaContract } from '../../lab/wire/lambda-contract.ts';
import { findEngine } from '../engines/aws-lambda-ric.ts';

const engine = findEngine();
const start = interfaceClient(engine.found ? engine.entry : '');
const table = 'eks-nlb-auditor';
const world = podCrashloop.build({ network: '127.63' });

describe('aws-lambda-ric', () => {
  describe.skipIf(!engine.found)('runs any function as the lab does', () => lambdaContract(start));

  describe.skipIf(!engine.found)('runs the bundles of the synthesized stack', () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await deploy(world, table);
    });
    afterAll(() => deployment?.remove());

    test('the auditor finds the fault, and the notifier tells people', async () => {
      const { lab, audit, notify, events } = await running(deployment);
      expect(await audit.invoke({ time: '2026-11-22T10:00:00Z' })).toMatchObject({
        value: { complete: true, changes: { opened: 1 } },
        coldStartMs: expect.any(Number),
      });
      expect(await audit.invoke({ time: '2026-11-22T10:05:00Z' })).toMatchObject({ value: { changes: {} } });
      for (const event of events.splice(0)) {
        expect(await notify.invoke(event)).toMatchObject({ value: { batchItemFailures: [] } });
      }
      expect(lab.deliveries.map(({ channel }) => channel).toSorted()).toEqual(['slack', 'sns']);
      expect(audit.logs).toContain('"message":"audited"');
    });

    test('the notifier names the record that is to come again, and takes it then', async () => {
      const { audit, notify, events } = await running(deployment, {
        slackTroubles: [{ status: 429, retryAfterSeconds: 30 }],
      });
      await audit.invoke({ time: '2026-11-22T10:00:00Z' });
      const records = events.flatMap(({ Records }) => Records);
      const owing = records.find(({ dynamodb }) => dynamodb?.NewImage?.['pending'] !== undefined);
      const failed = answerOf(await notify.invoke({ Records: records }));
      expect(failed.batchItemFailures).toEqual([{ itemIdentifier: owing?.dynamodb?.SequenceNumber }]);
      expect(answerOf(await notify.invoke({ Records: records }))).toEqual({ batchItemFailures: [] });
    });

    test('the deadline that the runtime hands on ends the reading, and the run says so', async () => {
      // Ten seconds are kept back to conclude and save.
      const { audit } = await running(deployment, {}, { timeoutMs: 10_001 });
      expect(await audit.invoke({})).toMatchObject({ value: { complete: false } });
    });
  });
});

interface Running {
  lab: Lab;
  audit: LambdaFunction;
  notify: LambdaFunction;
  /** What the table's stream told so far. */
  events: DynamoDBStreamEvent[];
}

async function running(
  { auditor, notifier }: Deployment,
  options: LabOptions = {},
  limits: Partial<DeployedFunction> = {},
): Promise<Running> {
  const lab = await startLab(world, { table, ...options });
  onTestFinished(() => lab.close());
  const events: DynamoDBStreamEvent[] = [];
  lab.onStream((event) => events.push(event as DynamoDBStreamEvent));
  const run = ({ bundle, memoryMb, timeoutMs, settings }: DeployedFunction, name: string): LambdaFunction => {
    const env = { ...lab.env, AUDITOR_SETTINGS: settings, AWS_LAMBDA_FUNCTION_NAME: name };
    const running = lambdaFunction({ bundle, handler: 'handler', memoryMb, timeoutMs, env, start });
    onTestFinished(() => running.close());
    return running;
  };
  return { lab, events, audit: run({ ...auditor, ...limits }, 'auditor'), notify: run(notifier, 'notifier') };
}

function answerOf(invocation: Invocation): DynamoDBBatchResponse {
  if ('error' in invocation) throw new Error(JSON.stringify(invocation.error));
  return invocation.value as DynamoDBBatchResponse;
}
