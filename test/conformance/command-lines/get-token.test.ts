import { describe, expect } from 'vitest';
import { accessKey } from '../../../lab/wire/aws/credential.ts';
import { tokenFault } from '../../../lab/wire/kubernetes/eks-token.ts';
import { output } from '../../lab/wire/command-line.ts';
import { test } from '../../lab/wire/lab-fixture.ts';
import { findEngine } from '../engines/aws-cli.ts';

const getToken = async (env: Record<string, string>) => {
  const printed = await output('aws', ['eks', 'get-token', '--cluster-name', 'shop'], env);
  return (JSON.parse(printed) as { status: { token: string } }).status.token;
};

describe.skipIf(!findEngine().found)('aws-cli', () => {
  test('passes the strict check against the STS of the Region', async ({ start }) => {
    const { AWS_ENDPOINT_URL: _, ...env } = (await start()).env;
    const origins = ['https://sts.eu-west-1.amazonaws.com'];
    const token = await getToken(env);
    expect(tokenFault(token, { cluster: 'shop', accessKey, origins })).toBeUndefined();
    expect(tokenFault(token, { cluster: 'payments', accessKey, origins })).toMatch('does not match');
  });

  test('opens the cluster when it is signed for the STS of the lab', async ({ start }) => {
    const lab = await start();
    const token = await getToken(lab.env);
    const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
    expect(url.origin).toBe(lab.env['AWS_ENDPOINT_URL']);
    const authority = { cluster: 'shop', accessKey, origins: [lab.env['AWS_ENDPOINT_URL'] ?? ''] };
    expect(tokenFault(token, authority)).toBeUndefined();
  });
});
