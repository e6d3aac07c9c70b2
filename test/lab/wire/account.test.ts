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
