import http from 'node:http';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { expect, onTestFinished, test } from 'vitest';
import type { Credential } from '../../../io/notify/credential.ts';
import { eventBridgeSink } from '../../../io/notify/event-bridge.ts';
import { pagerDutySink } from '../../../io/notify/pager-duty.ts';
import type { Sink } from '../../../io/notify/sink.ts';
import { slackSink } from '../../../io/notify/slack.ts';
import { slackWebhookSink } from '../../../io/notify/slack-webhook.ts';
import { snsSink } from '../../../io/notify/sns.ts';
import { teamsSink } from '../../../io/notify/teams.ts';
import { openedMessage } from '../../core/sample-message.ts';
import { listen } from '../probe/targets.ts';

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const names = ['webhook', 'teams', 'pager', 'slack', 'sns', 'bus'];

/** Every sink, each before a server that answers as `listener` does. */
async function sinksBefore(listener: http.RequestListener): Promise<Record<string, Sink>> {
  const server = await listen(http.createServer(listener));
  onTestFinished(() => server[Symbol.asyncDispose]());
  const url = `http://127.45.0.1:${server.port}/`;
  const holding = (value: string): Credential => ({
    secretName: 'nlb/secret',
    called: 'a value',
    read: async () => value,
    forget: () => {},
  });
  const aws = {
    endpoint: url,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' },
  };
  return {
    webhook: slackWebhookSink({ name: 'webhook', webhook: holding(url) }),
    teams: teamsSink({ name: 'teams', webhook: holding(url) }),
    pager: pagerDutySink({ name: 'pager', routingKey: holding('key'), apiUrl: url }),
    slack: slackSink({ name: 'slack', channel: 'C1', token: holding('xoxb-1'), apiUrl: url, interactive: false }),
    sns: snsSink({ name: 'sns', client: new SNSClient(aws), topicArn: 'arn:aws:sns:eu-west-1:111122223333:t' }),
    bus: eventBridgeSink({ name: 'bus', client: new EventBridgeClient(aws), busArn: 'arn:aws:events:x:1:event-bus/b' }),
  };
}

const answering =
  (status: number, body: string): http.RequestListener =>
  (_, response) =>
    void response.writeHead(status).end(body);

test.each([
  ['a page of HTML', '<html>AKIA0SESAME please sign in</html>'],
  ['an empty body', ''],
  ['JSON of something else', '{"hello":"sesame"}'],
])('a 200 with %s is no delivery, and none of it is repeated', async (_, body) => {
  const sinks = await sinksBefore(answering(200, body));
  for (const name of names) {
    const delivery = await sinks[name]?.send(openedMessage(), { vpcId, signal: AbortSignal.timeout(8000) });
    expect(delivery, name).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(delivery), name).not.toMatch(/sesame|html|sign in/i);
  }
});

test('what a service answers to a bad request is not repeated either', async () => {
  const sinks = await sinksBefore(answering(400, 'token xoxb-sesame is not known here'));
  for (const name of ['webhook', 'teams', 'pager', 'slack']) {
    const delivery = await sinks[name]?.send(openedMessage(), { vpcId, signal: AbortSignal.timeout(8000) });
    expect(delivery, name).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(delivery), name).not.toContain('sesame');
  }
});

test('a service that never answers is left for later when the time of the message is over', async () => {
  const sinks = await sinksBefore(() => {});
  const signal = AbortSignal.timeout(300);
  const deliveries = await Promise.all(names.map((name) => sinks[name]?.send(openedMessage(), { vpcId, signal })));
  expect(deliveries.map((delivery) => delivery?.kind)).toEqual(names.map(() => 'retry'));
});

test('an answer without end is not read to its end', async () => {
  let written = 0;
  const sinks = await sinksBefore((_, response) => {
    response.writeHead(200);
    const more = (): void => {
      if (response.destroyed || written > 64 * 2 ** 20) return void response.end();
      written += 65_536;
      if (response.write('x'.repeat(65_536))) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  });
  const delivery = await sinks['webhook']?.send(openedMessage(), { vpcId, signal: AbortSignal.timeout(8000) });
  expect(delivery).toMatchObject({ kind: 'refused' });
  expect(written).toBeLessThan(16 * 2 ** 20);
});
