import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../../lab/scenarios/pod-crashloop.ts';
import { contextOf } from '../../../scripts/faults/functions/lambda-context.ts';
import { findingsTableAt } from '../../io/store/findings-table.ts';
import { storeContract } from '../../io/store/store-contract.ts';
import { type Deployment, deploy } from '../../lambda/deployment.ts';
import { findEngine } from '../engines/dynamodb-local.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from './start-dynamodb-local.ts';
import { readStream, type StreamReader } from './stream-reader.ts';

const engine = findEngine();
const network = '127.64';
const broken = podCrashloop.build({ network });
const sound = healthy.build({ network });
/** The stream of the table that the stack makes. */
const stream = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } as const;
const run = (minute: number) => ({ time: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z` });

let dynamoDb: DynamoDbLocal;
beforeAll(async () => {
  if (engine.found) dynamoDb = await startDynamoDbLocal(engine.folder);
});
afterAll(() => dynamoDb?.close());

describe('dynamodb-local', () => {
  describe.skipIf(!engine.found)('keeps what the store writes', () =>
    storeContract(() => findingsTableAt(dynamoDb.endpoint)),
  );

  describe.skipIf(!engine.found)('streams what the functions write', () => {
    test('people hear once that a fault opened and once that it is over', async () => {
      const { deployment, reader } = await deployOn(dynamoDb);
      const { audit, notify, lab } = deployment;
      await audit(run(0), contextOf('run-1'));
      const opened = await reader.take();
      expect(opened.Records.length).toBeGreaterThan(2);
      expect(await notify(opened, contextOf('notifier'))).toEqual({ batchItemFailures: [] });
      expect(lab.deliveries.map(({ channel }) => channel).toSorted()).toEqual(['slack', 'sns']);

      await audit(run(5), contextOf('run-2'));
      expect(await notify(await reader.take(), contextOf('notifier'))).toEqual({ batchItemFailures: [] });
      expect(lab.deliveries).toHaveLength(2);

      await lab.apply(sound);
      await audit(run(10), contextOf('run-3'));
      expect(await notify(await reader.take(), contextOf('notifier'))).toEqual({ batchItemFailures: [] });
      expect(lab.deliveries).toHaveLength(4);
      expect(await deployment.store.pending()).toEqual([]);
    });

    test('records have the shape, the order and the images of the lab', async () => {
      const real = await deployOn(dynamoDb);
      await real.deployment.audit(run(0), contextOf('run-1'));
      const theirs = await real.reader.take();
      vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', undefined);
      const embedded = await deploy(podCrashloop.build({ network: '127.65' }));
      await embedded.audit(run(0), contextOf('run-1'));
      const ours = embedded.takeRecords();
      expect(theirs.Records.length).toBeGreaterThan(2);
      expect(shapes(ours)).toEqual(shapes(theirs));
    });
  });
});

async function deployOn({ endpoint }: DynamoDbLocal): Promise<{ deployment: Deployment; reader: StreamReader }> {
  const findings = await findingsTableAt(endpoint, { table: 'eks-nlb-auditor', stream });
  onTestFinished(() => findings[Symbol.asyncDispose]());
  const reader = await readStream(endpoint, findings.table);
  onTestFinished(reader.close);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  return { deployment: await deploy(broken), reader };
}

/** What happened to which item, with every member and the type of its value; by item, since shards have no common order. */
const shapes = ({ Records }: DynamoDBStreamEvent): object[] =>
  Records.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map(({ eventName, dynamodb, ...record }) => ({
    eventName,
    key: keyOf({ dynamodb }),
    members: typesOf(record),
    stream: typesOf({ ...dynamodb, Keys: undefined, NewImage: undefined }),
    image: typesOf(dynamodb?.NewImage ?? {}),
  }));

const keyOf = ({ dynamodb }: Pick<DynamoDBRecord, 'dynamodb'>): string => {
  const { pk, sk }: Record<string, AttributeValue> = dynamodb?.Keys ?? {};
  return `${pk?.S} ${sk?.S}`;
};

const typesOf = (members: object): object =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? Object.keys(value).join() : typeof value])
      .toSorted(),
  );
