import { STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tokenSource } from '../../../io/kubernetes/client/token.ts';

const clientOf = (region: string, expiration?: Date) =>
  new STSClient({
    region,
    endpoint: 'http://127.0.0.1:9',
    credentials: {
      accessKeyId: 'AKIAEXAMPLEEXAMPLE00',
      secretAccessKey: 'example',
      sessionToken: 'session',
      ...(expiration && { expiration }),
    },
  });

const urlIn = (token: string) => new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString());

test('the token is a presigned URL of the Region’s own STS host with the parameters that EKS takes and no others', async () => {
  const token = await tokenSource(clientOf('eu-west-1'), 'shop')();
  const url = urlIn(token);

  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  expect(url.origin).toBe('https://sts.eu-west-1.amazonaws.com');
  expect([...url.searchParams.keys()].toSorted()).toEqual([
    'Action',
    'Version',
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-Security-Token',
    'X-Amz-Signature',
    'X-Amz-SignedHeaders',
  ]);
  expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-k8s-aws-id');
});

test('the host is that of the partition', async () => {
  expect(urlIn(await tokenSource(clientOf('cn-north-1'), 'shop')()).host).toBe('sts.cn-north-1.amazonaws.com.cn');
  expect(urlIn(await tokenSource(clientOf('us-east-1'), 'shop')()).host).toBe('sts.us-east-1.amazonaws.com');
});

test('a token serves for twelve minutes, then a new one is signed', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const token = tokenSource(clientOf('eu-west-1'), 'shop');
  const first = await token();
  vi.advanceTimersByTime(11.9 * 60_000);
  expect(await token()).toBe(first);
  vi.advanceTimersByTime(0.2 * 60_000);
  expect(await token()).not.toBe(first);
});

test('a token is not used longer than its credentials live', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const token = tokenSource(clientOf('eu-west-1', new Date(Date.now() + 60_000)), 'shop');
  const first = await token();
  vi.advanceTimersByTime(61_000);
  expect(await token()).not.toBe(first);
});
