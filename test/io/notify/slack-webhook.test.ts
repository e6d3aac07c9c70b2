import http from 'node:http';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test, vi } from 'vitest';
import { credential } from '../../../io/notify/credential.ts';
import { slackWebhookSink } from '../../../io/notify/slack-webhook.ts';
import type { Lab } from '../../../lab/lab.ts';
import { type LabOptions, startLab } from '../../../lab/start.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import type { World } from '../../../lab/world/world.ts';
import { openedMessage } from '../../core/sample-message.ts';
import { listen } from '../probe/targets.ts';

const secretName = 'eks-nlb-auditor/slack-webhook';
const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const { signal } = new AbortController();

/** A lab without targets, and the sink that its environment leads to. */
async function labWithSink(world: Partial<World> = {}, options: LabOptions = {}) {
  const lab = await startLab({ ...buildAccount(), ...world }, { sockets: false, ...options });
  onTestFinished(() => lab.close());
  for (const [name, value] of Object.entries(lab.env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const client = new SecretsManagerClient({ maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const webhook = credential({ client, name: secretName, kind: 'webhook' });
  return { lab, sink: slackWebhookSink({ name: 'slack', webhook }) };
}

const secretReads = (lab: Lab): number => lab.calls.filter(({ action }) => action === 'GetSecretValue').length;

test('a message is posted to the webhook that the secret holds', async () => {
  const { lab, sink } = await labWithSink();
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'sent' });
  expect(lab.deliveries).toMatchObject([{ channel: 'slack', body: { text: expect.stringContaining('Unhealthy') } }]);
});

test('the secret is read once for many messages', async () => {
  const { lab, sink } = await labWithSink();
  for (const _ of [1, 2, 3]) await sink.send(openedMessage(), { vpcId, signal });
  expect(lab.deliveries).toHaveLength(3);
  expect(secretReads(lab)).toBe(1);
});

test('Slack that asks for patience is asked again after the time it gave', async () => {
  const { lab, sink } = await labWithSink({}, { slackTroubles: [{ status: 429, retryAfterSeconds: 7 }] });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'retry', afterMs: 7000 });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'sent' });
  expect(lab.deliveries).toHaveLength(1);
});

test('Slack in trouble is asked again', async () => {
  const { sink } = await labWithSink({}, { slackTroubles: [{ status: 500 }] });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'retry', afterMs: 1000 });
});

test('a webhook that nobody answers is asked again', async () => {
  const { sink } = await labWithSink({ secrets: { [secretName]: 'http://127.45.0.9:9/services/T0/B0/x' } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'retry', afterMs: 1000 });
});

test('a webhook that is no more is a refusal without its address, and the secret is read anew', async () => {
  const { lab, sink } = await labWithSink();
  const gone = `${new URL(lab.slackWebhookUrl).origin}/services/T0/B0/gone`;
  await lab.apply({ ...lab.world, secrets: { [secretName]: gone } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: 'Slack answered 404 no_service',
  });

  await lab.apply({ ...lab.world, secrets: { [secretName]: lab.slackWebhookUrl } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'sent' });
  expect(secretReads(lab)).toBe(2);
});

test('a message never follows a redirect', async () => {
  let asked = 0;
  const server = http.createServer((_, response) => {
    asked += 1;
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await using elsewhere = await listen(server);
  const { sink } = await labWithSink({ secrets: { [secretName]: `http://127.45.0.1:${elsewhere.port}/` } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toMatchObject({ kind: 'retry' });
  expect(asked).toBe(1);
});

test.each([
  ['something that is no URL', { [secretName]: 'xoxb-not-a-webhook' }],
  ['another kind of URL', { [secretName]: 'file:///etc/passwd' }],
])('%s in the secret is a refusal that does not repeat it', async (_, secrets) => {
  const { sink } = await labWithSink({ secrets });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: `secret ${secretName} does not hold the URL of a webhook`,
  });
});

test('a secret that may not be read is a refusal', async () => {
  const { sink } = await labWithSink({
    refusals: [{ action: 'secretsmanager:GetSecretValue', error: 'AccessDenied' }],
  });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(`secretsmanager:GetSecretValue of ${secretName}`),
  });
});
