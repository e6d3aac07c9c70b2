import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { onTestFinished, vi } from 'vitest';
import type { Settings } from '../../config/settings.ts';
import { openStore, type Store } from '../../io/store/store.ts';
import type { Lab } from '../../lab/lab.ts';
import { type LabOptions, startLab } from '../../lab/start.ts';
import type { World } from '../../lab/world/world.ts';
import { handler as audit } from '../../lambda/auditor.ts';
import { fresh } from '../../scripts/faults/functions/fresh.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { collectStream } from '../../scripts/faults/functions/stream-records.ts';

export const topicArn = 'arn:aws:sns:eu-west-1:111122223333:eks-nlb-auditor';
export const slackWebhookSecret = 'eks-nlb-auditor/slack-webhook';

export interface Deployment {
  lab: Lab;
  store: Store;
  /** What both functions wrote to standard output. */
  lines: string[];
  audit: typeof audit;
  notify: typeof import('../../lambda/notifier.ts')['handler'];
  /** Records of the table's stream that nobody has taken yet. */
  takeRecords(): DynamoDBStreamEvent;
  /** Tells the notifier of all records until no more come, and answers with what failed. */
  drain(): Promise<DynamoDBBatchResponse['batchItemFailures']>;
}

/** Both functions, freshly started, in front of a lab that serves the world. */
export async function deploy(
  world: World,
  settings: Partial<Settings> | ((lab: Lab) => Partial<Settings>) = {},
  options: LabOptions = {},
): Promise<Deployment> {
  const lab = await startLab(world, options);
  onTestFinished(() => lab.close());
  const given = typeof settings === 'function' ? settings(lab) : settings;
  const all = {
    name: 'eks-nlb-auditor',
    table: 'eks-nlb-auditor',
    topicArn,
    slackWebhookSecret,
    elbCallsPerSecond: 1000,
    ...given,
  };
  for (const [name, value] of Object.entries({ ...lab.env, AUDITOR_SETTINGS: JSON.stringify(all) })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  onTestFinished(() => output.mockRestore());
  const { handler: notify } = await fresh<typeof import('../../lambda/notifier.ts')>('notifier');

  const records = collectStream(lab);
  const client = new DynamoDBClient();
  onTestFinished(() => client.destroy());
  return {
    lab,
    store: openStore({ client, table: 'eks-nlb-auditor', scope: `111122223333/eu-west-1/${given.vpcId ?? 'all'}` }),
    lines,
    audit,
    notify,
    takeRecords: records.take,
    async drain() {
      const failures: DynamoDBBatchResponse['batchItemFailures'] = [];
      while (!records.isEmpty()) {
        // What one delivery writes is the stream of the next.
        failures.push(...(await notify(records.take(), contextOf('notifier'))).batchItemFailures);
      }
      return failures;
    },
  };
}
