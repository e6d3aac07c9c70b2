import { expect, test } from 'vitest';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { deploy, topicArn } from './deployment.ts';

const network = '127.70';
const broken = podCrashloop.build({ network });
const sound = healthy.build({ network });
const run = (minute: number) => ({ time: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z` });
const headlines = (deliveries: { channel: string; body: Record<string, unknown> }[]) =>
  deliveries
    .map(({ channel, body }) => `${channel} ${String(body['Subject'] ?? body['text']).split(':')[0]}`)
    .toSorted();

test('people hear once that a fault opened and once that it is over', async () => {
  const { audit, lab, store, drain } = await deploy(broken);
  await audit(run(0), contextOf('run-1'));
  expect(await drain()).toEqual([]);
  await audit(run(5), contextOf('run-2'));
  expect(await drain()).toEqual([]);
  expect(headlines(lab.deliveries)).toEqual(['slack Unhealthy', 'sns Unhealthy']);

  await lab.apply(sound);
  await audit(run(10), contextOf('run-3'));
  expect(await drain()).toEqual([]);
  expect(headlines(lab.deliveries.slice(2))).toEqual(['slack Resolved', 'sns Resolved']);
  expect(await store.pending()).toEqual([]);
});

test('a channel of Slack has one message, edited as the incident goes on, with details in its thread', async () => {
  const secret = 'nlb/slack';
  const { audit, lab, drain } = await deploy(broken, ({ slack: { channel, apiUrl } }) => ({
    slackWebhookSecret: undefined,
    channels: [{ name: 'platform', to: { type: 'slack', channel, secret, apiUrl } }],
  }));
  for (const [minute, world] of [broken, sound].entries()) {
    await lab.apply({ ...world, secrets: { [secret]: lab.slack.token } });
    await audit(run(minute), contextOf(`run-${minute}`));
    expect(await drain()).toEqual([]);
  }
  const told = lab.deliveries.filter(({ channel }) => channel === 'slack').map(({ body }) => body);
  const first = told[0]?.['ts'];
  expect(told.map(({ method, ts, thread_ts, text }) => [method, thread_ts ?? ts, String(text).split(':')[0]])).toEqual([
    ['chat.postMessage', first, 'Unhealthy'],
    ['chat.postMessage', first, 'Unhealthy'],
    ['chat.update', first, 'Resolved'],
    ['chat.postMessage', first, 'Resolved'],
  ]);
});

test('a record that comes twice is told once', async () => {
  const { audit, lab, notify, takeRecords } = await deploy(broken);
  await audit(run(0), contextOf('run-1'));
  const records = takeRecords();
  await notify(records, contextOf('notifier'));
  await notify(records, contextOf('notifier'));
  expect(headlines(lab.deliveries)).toEqual(['slack Unhealthy', 'sns Unhealthy']);
});

test('a record fails while Slack asks for patience, and SNS is not asked again', async () => {
  const { audit, lab, store, notify, takeRecords } = await deploy(
    broken,
    {},
    { slackTroubles: [{ status: 429, retryAfterSeconds: 30 }] },
  );
  await audit(run(0), contextOf('run-1'));
  const records = takeRecords();
  const owing = records.Records.find(({ dynamodb }) => dynamodb?.NewImage?.['pending'] !== undefined);
  expect(await notify(records, contextOf('notifier'))).toEqual({
    batchItemFailures: [{ itemIdentifier: owing?.dynamodb?.SequenceNumber }],
  });
  expect(headlines(lab.deliveries)).toEqual(['sns Unhealthy']);

  expect(await notify(records, contextOf('notifier'))).toEqual({ batchItemFailures: [] });
  expect(headlines(lab.deliveries)).toEqual(['slack Unhealthy', 'sns Unhealthy']);
  expect(await store.pending()).toEqual([]);
});

test('what a sink refused is delivered by a sweep once that is mended', async () => {
  const { audit, lab, drain, notify, store } = await deploy({ ...broken, topics: [] });
  await audit(run(0), contextOf('run-1'));
  expect(await drain()).toEqual([]);
  expect(headlines(lab.deliveries)).toEqual(['slack Unhealthy']);
  expect(await store.pending()).toMatchObject([{ deliveredTo: ['slack'] }]);

  await lab.apply({ ...broken, topics: [topicArn] });
  expect(await notify({ sweep: true }, contextOf('notifier'))).toEqual({ batchItemFailures: [] });
  expect(headlines(lab.deliveries)).toEqual(['slack Unhealthy', 'sns Unhealthy']);
  expect(await store.pending()).toEqual([]);
});

test('nothing new is begun when time runs out', async () => {
  const { audit, lab, notify, takeRecords } = await deploy(broken);
  await audit(run(0), contextOf('run-1'));
  const { batchItemFailures } = await notify(takeRecords(), contextOf('notifier', 5000));
  expect(batchItemFailures).toHaveLength(1);
  expect(lab.deliveries).toEqual([]);
});

test('a message of one VPC says which one', async () => {
  const { vpcId } = broken.prober;
  const { audit, lab, drain } = await deploy(broken, { vpcId });
  await audit(run(0), contextOf('run-1'));
  await drain();
  const published = lab.deliveries.find(({ channel }) => channel === 'sns');
  expect(published?.body['MessageAttributes']).toMatchObject({ vpcId: { StringValue: vpcId } });
});

test('a message leads to the report of the run by a signed link', async () => {
  const { audit, lab, drain } = await deploy(broken, { reportBucket: 'reports' }, { bucket: 'reports' });
  await audit(run(0), contextOf('run-1'));
  await drain();
  const slack = JSON.stringify(lab.deliveries.find(({ channel }) => channel === 'slack')?.body);
  const url = /<(http[^|]+)\|This cause in the report>/.exec(slack)?.[1]?.replaceAll('&amp;', '&');
  expect(url).toMatch(/X-Amz-Signature=[0-9a-f]{64}/);
  const { pathname, searchParams } = new URL(url ?? '');
  expect(searchParams.get('X-Amz-Expires')).toBe('604800');
  const key = decodeURIComponent(pathname)
    .replace(/^\/reports\//, '')
    .replace(/^\//, '');
  expect([...lab.objects.keys()]).toContain(key);
});

test('the log has one line of JSON for each event, and no secret', async () => {
  const { audit, drain, lines } = await deploy(broken);
  await audit(run(0), contextOf('run-1'));
  await drain();
  const events = lines.map((line) => JSON.parse(line) as object).filter((event) => !('_aws' in event));
  expect(events).toMatchObject([
    { level: 'info', message: 'audited', runId: run(0).time },
    { level: 'info', message: 'delivered', deliveredTo: ['sns', 'slack'] },
  ]);
  expect(lines.join()).not.toMatch(/services\/T|hooks\.slack|hunter2/);
});
