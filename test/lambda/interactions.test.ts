import { createHmac } from 'node:crypto';
import http from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { listMutes } from '../../io/store/mutes.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { fresh } from '../../scripts/faults/functions/fresh.ts';
import { listen } from '../io/probe/targets.ts';

const secret = '0123456789abcdef0123456789abcdef';
const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const incident = '111122223333/eu-west-1/shop/pod-crashloop';

let lab: Lab;
let handler: typeof import('../../lambda/interactions.ts')['handler'];
let client: DynamoDBClient;
const replies: string[] = [];
let responseUrl: string;

beforeEach(async () => {
  lab = await startLab({ ...buildAccount(), secrets: { 'nlb/signing': secret } }, { sockets: false });
  onTestFinished(() => lab.close());
  const settings = {
    name: 'eks-nlb-auditor',
    table: 'eks-nlb-auditor',
    buttons: { signingSecret: 'nlb/signing' },
    auditors: { [vpcId]: 'the-auditor' },
  };
  for (const [name, value] of Object.entries({ ...lab.env, AUDITOR_SETTINGS: JSON.stringify(settings) })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  ({ handler } = await fresh<typeof import('../../lambda/interactions.ts')>('interactions'));
  client = new DynamoDBClient();
  onTestFinished(() => client.destroy());

  replies.length = 0;
  const slack = await listen(
    http.createServer(async (request, response) => {
      replies.push(Buffer.concat(await request.toArray()).toString());
      response.end('ok');
    }),
  );
  onTestFinished(() => slack[Symbol.asyncDispose]());
  responseUrl = `http://127.45.0.1:${slack.port}/`;
});

const pressed = (action_id: string, value = `${vpcId} ${incident}`): string =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      user: { id: 'U1', username: 'ada' },
      actions: [{ action_id, value }],
      response_url: responseUrl,
    }),
  }).toString();

interface Sent {
  body: string;
  /** Seconds. */
  age?: number;
  key?: string;
  headers?: Record<string, string>;
}

/** A request as Slack signs it ("Verifying requests from Slack"). */
function request({ body, age = 0, key = secret, headers = {} }: Sent): LambdaFunctionURLEvent {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const event: Partial<LambdaFunctionURLEvent> = {
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature, ...headers },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
  return event as LambdaFunctionURLEvent;
}

const mutes = () => listMutes({ client, table: 'eks-nlb-auditor' });

test.each([
  ['mute-1h', 1],
  ['mute-1d', 24],
  ['mute-1w', 168],
])('the button %s mutes the incident for %d hours, in the name of who pressed it', async (action, hours) => {
  const began = Date.now();
  expect(await handler(request({ body: pressed(action) }))).toEqual({ statusCode: 200 });
  expect(await mutes()).toEqual([
    { pattern: incident, owner: '@ada', reason: 'muted in Slack', until: expect.any(String) },
  ]);
  const until = Date.parse((await mutes())[0]?.until ?? '');
  expect(until).toBeGreaterThanOrEqual(began + hours * 3_600_000);
  expect(until).toBeLessThan(began + hours * 3_600_000 + 60_000);
  expect(JSON.parse(replies[0] ?? '')).toMatchObject({
    response_type: 'ephemeral',
    replace_original: false,
    text: expect.stringContaining(`${incident} is muted until`),
  });
});

test('the button to check again starts the auditor of the VPC for the cluster, and does not wait for it', async () => {
  expect(await handler(request({ body: pressed('recheck') }))).toEqual({ statusCode: 200 });
  expect(lab.deliveries).toMatchObject([
    { channel: 'lambda', body: { name: 'the-auditor', event: { clusters: ['shop'] } } },
  ]);
  expect(await mutes()).toEqual([]);
});

test('an incident that no cluster owns is checked again with the whole VPC', async () => {
  await handler(request({ body: pressed('recheck', `${vpcId} 111122223333/eu-west-1/${vpcId}/app-saturated`) }));
  expect(lab.deliveries).toMatchObject([{ body: { event: {} } }]);
  expect(lab.deliveries[0]?.body['event']).toEqual({});
});

test('a VPC without an auditor is said', async () => {
  await handler(request({ body: pressed('recheck', `vpc-0bbbbbbbbbbbbbb01 ${incident}`) }));
  expect(replies[0]).toContain('vpc-0bbbbbbbbbbbbbb01 has no auditor');
  expect(lab.deliveries).toEqual([]);
});

test('the same request is taken once', async () => {
  const once = request({ body: pressed('mute-1h') });
  expect(await handler(once)).toEqual({ statusCode: 200 });
  expect(await handler(once)).toEqual({ statusCode: 401, body: 'seen before' });
  expect(replies).toHaveLength(1);
});

test.each<[string, Partial<Sent>]>([
  ['signed with another secret', { key: 'f'.repeat(32) }],
  ['that is six minutes old', { age: 360 }],
  ['from the future', { age: -360 }],
  ['whose timestamp is no number', { headers: { 'x-slack-request-timestamp': 'now' } }],
  ['whose signature is of another length', { headers: { 'x-slack-signature': 'v0=00' } }],
])('a request %s is refused and does nothing', async (_, sent) => {
  const answer = await handler(request({ body: pressed('mute-1h'), ...sent }));
  expect(answer).toEqual({ statusCode: 401, body: 'not signed' });
  expect(await mutes()).toEqual([]);
});

test('a request whose body was changed on the way is refused', async () => {
  const signed = request({ body: pressed('mute-1h') });
  const changed = Buffer.from(pressed('mute-1w')).toString('base64');
  expect(await handler({ ...signed, body: changed })).toMatchObject({ statusCode: 401 });
});

test('a request without a signature is refused', async () => {
  const bare = { ...request({ body: pressed('mute-1h') }), headers: {} };
  expect(await handler(bare as LambdaFunctionURLEvent)).toMatchObject({ statusCode: 401 });
});

test.each(['payload=%7B%7D', 'payload=no', 'x=1', ''])(
  'a signed request with the body %j is no button',
  async (body) => {
    expect(await handler(request({ body }))).toEqual({ statusCode: 400, body: 'no known button' });
  },
);

test('Slack that does not take the answer does not undo the mute, and is not waited for', async () => {
  const server = http.createServer(() => undefined);
  await using silent = await listen(server);
  responseUrl = `http://127.45.0.1:${silent.port}/`;
  const began = performance.now();
  expect(await handler(request({ body: pressed('mute-1h') }))).toEqual({ statusCode: 200 });
  expect(performance.now() - began).toBeLessThan(3000);
  expect(await mutes()).toHaveLength(1);
});
