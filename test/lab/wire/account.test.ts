import { once } from 'node:events';
import { connect } from 'node:net';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import { clientOf, test } from './lab-fixture.ts';

test('STS says who calls', async ({ start }) => {
  const identity = await new STSClient(clientOf(await start())).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/eks-nlb-auditor/lab',
  });
});

test('a secret is found by name and by ARN', async ({ start }) => {
  const secrets = new SecretsManagerClient(clientOf(await start({ secrets: { other: 'hush' } })));
  const byName = await secrets.send(new GetSecretValueCommand({ SecretId: 'other' }));
  const byArn = await secrets.send(new GetSecretValueCommand({ SecretId: byName.ARN }));
  expect([byName.SecretString, byArn.SecretString]).toEqual(['hush', 'hush']);
});

test('the Slack webhook URL lies in a secret whose name can be chosen', async ({ start }) => {
  const lab = await start({}, { slackSecret: 'my/slack' });
  const secret = await new SecretsManagerClient(clientOf(lab)).send(
    new GetSecretValueCommand({ SecretId: 'my/slack' }),
  );
  expect(secret.SecretString).toBe(lab.slackWebhookUrl);
});

test('a secret that does not exist is an error', async ({ start }) => {
  const asked = new SecretsManagerClient(clientOf(await start())).send(new GetSecretValueCommand({ SecretId: 'gone' }));
  await expect(asked).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a request without a signature is refused', async ({ start }) => {
  const { env } = await start();
  const response = await fetch(env['AWS_ENDPOINT_URL'] ?? '', { method: 'POST', body: 'Action=DescribeVpcs' });
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('Authentication Token')]);
});

test('a client that goes away in the middle of a request does no harm', async ({ start }) => {
  const { env } = await start();
  const { port, hostname } = new URL(env['AWS_ENDPOINT_URL'] ?? '');
  const client = connect(Number(port), hostname);
  client.write('POST / HTTP/1.1\r\nHost: lab\r\nContent-Length: 100\r\n\r\nAction=');
  client.destroySoon();
  await once(client, 'close');
  const response = await fetch(env['AWS_ENDPOINT_URL'] ?? '', { method: 'POST' });
  expect(response.status).toBe(403);
});

test('a request that is no JSON is refused, not fatal', async ({ start }) => {
  const { env } = await start();
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=a/b/eu-west-1/secretsmanager/aws4_request',
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  const response = await fetch(env['AWS_ENDPOINT_URL'] ?? '', { method: 'POST', headers, body: '{' });
  expect([response.status, await response.json()]).toEqual([
    400,
    expect.objectContaining({ __type: 'SerializationException' }),
  ]);
});

test('a service that the lab does not have answers with an error that names the action', async ({ start }) => {
  const { env } = await start();
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=a/b/eu-west-1/autoscaling/aws4_request',
    'content-type': 'application/x-www-form-urlencoded',
  };
  const response = await fetch(env['AWS_ENDPOINT_URL'] ?? '', {
    method: 'POST',
    headers,
    body: 'Action=PutScalingPolicy',
  });
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('PutScalingPolicy')]);
});
