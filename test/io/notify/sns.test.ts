import { SNSClient } from '@aws-sdk/client-sns';
import { expect, onTestFinished, test, vi } from 'vitest';
import { snsSink } from '../../../io/notify/sns.ts';
import { startLab } from '../../../lab/start.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import type { World } from '../../../lab/world/world.ts';
import { openedMessage } from '../../core/sample-message.ts';

const topicArn = 'arn:aws:sns:eu-west-1:111122223333:findings';
const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const { signal } = new AbortController();

async function labWithSink(world: Partial<World> = {}) {
  const lab = await startLab({ ...buildAccount(), topics: [topicArn], ...world }, { sockets: false });
  onTestFinished(() => lab.close());
  for (const [name, value] of Object.entries(lab.env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const client = new SNSClient({ maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return { lab, sink: snsSink({ name: 'sns', client, topicArn }) };
}

test('a message is published with text for people and attributes for filters', async () => {
  const { lab, sink } = await labWithSink();
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'sent' });
  const [delivery] = lab.deliveries;
  expect(delivery?.body).toMatchObject({
    TopicArn: topicArn,
    Subject: expect.stringMatching(/^Unhealthy: /),
    MessageAttributes: {
      state: { DataType: 'String', StringValue: 'opened' },
      checkId: { DataType: 'String', StringValue: 'pod-crashloop' },
    },
  });
  expect(JSON.parse(String(delivery?.body['Message']))).toMatchObject({ default: expect.stringContaining('Evidence') });
});

test('a topic that is gone is a refusal', async () => {
  const { sink } = await labWithSink({ topics: [] });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: 'sns:Publish: Topic does not exist',
  });
});

test('a throttled publication is tried again later', async () => {
  const { sink } = await labWithSink({ refusals: [{ action: 'sns:Publish', error: 'Throttling' }] });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'retry', afterMs: 1000 });
});
