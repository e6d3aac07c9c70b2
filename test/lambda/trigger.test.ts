import type { SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { startLab } from '../../lab/start.ts';
import { fresh } from '../../scripts/faults/functions/fresh.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { contributorEvent, moveTurn, sqsRecord } from '../../scripts/faults/functions/trigger-events.ts';

const world = healthy.build({ network: '127.56' });
const group = world.targetGroups[0] as (typeof world.targetGroups)[0];

let lab: Lab;
let handler: typeof import('../../lambda/trigger.ts')['handler'];
beforeEach(async () => {
  lab = await startLab(world, { sockets: false });
  onTestFinished(() => lab.close());
  const settings = { name: 'eks-nlb-auditor', table: 'eks-nlb-auditor', auditors: { [group.vpcId]: 'the-auditor' } };
  for (const [name, value] of Object.entries({ ...lab.env, AUDITOR_SETTINGS: JSON.stringify(settings) })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  ({ handler } = await fresh<typeof import('../../lambda/trigger.ts')>('trigger'));
});

const handle = async (...Records: SQSRecord[]) => (await handler({ Records }, contextOf('trigger'))).batchItemFailures;
const unhealthy = (sentAt = Date.now() - 100, arn = group.arn) => sqsRecord(contributorEvent(arn), sentAt);
const started = () => lab.deliveries.map(({ body }) => body);

const turned = (seconds?: number) => moveTurn(group.arn, seconds);

test('a target group that becomes unhealthy is audited at once, by the auditor of its VPC', async () => {
  expect(await handle(unhealthy())).toEqual([]);
  expect(started()).toEqual([{ name: 'the-auditor', event: { time: expect.any(String), targetGroups: [group.arn] } }]);
});

describe('at most once a minute', () => {
  test('events that come together are one audit', async () => {
    expect(await handle(unhealthy(), unhealthy(), unhealthy())).toEqual([]);
    expect(started()).toHaveLength(1);
  });

  test('the same event a second time starts nothing', async () => {
    const record = unhealthy();
    await handle(record);
    expect(await handle(record)).toEqual([]);
    expect(started()).toHaveLength(1);
  });

  test('what happens within the minute waits for its end, and is then one audit', async () => {
    await handle(unhealthy());
    await turned(20);
    const burst = [unhealthy(Date.now() - 10_000), unhealthy(Date.now() - 5000)];
    expect(await handle(...burst)).toEqual(burst.map(({ messageId }) => ({ itemIdentifier: messageId })));
    expect(started()).toHaveLength(1);
    await turned(61);
    expect(await handle(...burst)).toEqual([]);
    expect(started()).toHaveLength(2);
  });

  test('what happened before the last audit began is done', async () => {
    await handle(unhealthy());
    await turned(61);
    expect(await handle(unhealthy(Date.now() - 90_000))).toEqual([]);
    expect(started()).toHaveLength(1);
  });

  test('two that handle the same burst start one audit', async () => {
    await Promise.all([handle(unhealthy()), handle(unhealthy())]);
    expect(started()).toHaveLength(1);
  });
});

test('where the auditor could not be started the event comes again, and starts it', async () => {
  const record = unhealthy();
  await lab.apply({ ...world, refusals: [{ action: 'lambda:Invoke', error: 'AccessDenied' }] });
  await expect(handle(record)).rejects.toThrow();
  await lab.apply(world);
  expect(await handle(record)).toEqual([{ itemIdentifier: record.messageId }]);
  await turned();
  expect(await handle(record)).toEqual([]);
  expect(started()).toHaveLength(1);
});

test('a target group that nobody knows starts nothing, and keeps no other from being audited', async () => {
  const unknown = group.arn.replace(/\w{16}$/, 'f'.repeat(16));
  expect(await handle(unhealthy(Date.now(), unknown), unhealthy())).toEqual([]);
  expect(started()).toMatchObject([{ event: { targetGroups: [group.arn] } }]);
});

test('a target group in a VPC without an auditor starts nothing', async () => {
  await lab.apply({ ...world, targetGroups: [{ ...group, vpcId: 'vpc-0bbbbbbbbbbbbbb01' }] });
  expect(await handle(unhealthy())).toEqual([]);
  expect(started()).toEqual([]);
});

test.each([
  ['no JSON', '{'],
  ['no object', 'null'],
  ['another event', JSON.stringify({ 'detail-type': 'CloudWatch Alarm State Change', detail: { alarmName: 'x' } })],
  ['a name that is a path', JSON.stringify(contributorEvent('x:targetgroup/../../0123456789abcdef'))],
  ['a name with a second ARN', JSON.stringify(contributorEvent(`${group.arn}","${group.arn}`))],
  ['a prototype', '{"detail-type":"CloudWatch Alarm Contributor State Change","__proto__":{"detail":{}}}'],
  ['a load balancer of another kind', JSON.stringify(contributorEvent(group.arn)).replaceAll('targetgroup/', 'app/')],
])('%s starts nothing, comes back never, and keeps no other event from its audit', async (_, body) => {
  expect(await handle({ ...unhealthy(), messageId: 'hostile', body }, unhealthy())).toEqual([]);
  expect(started()).toHaveLength(1);
  expect(await handle({ ...unhealthy(), messageId: 'hostile', body })).toEqual([]);
  expect(started()).toHaveLength(1);
});
