import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { observeAccount } from '../../bin/observe-account.ts';
import { NoAnswer } from '../../config/user-error.ts';
import { startCli } from './run-cli.ts';

/** Takes connections and never answers. */
const sockets = new Set<Socket>();
const silent = createServer((socket) => sockets.add(socket));
let env: Record<string, string>;

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  env = {
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
    AWS_SECRET_ACCESS_KEY: 'example',
  };
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

const gate = ['gate', '-c', 'shop', '-n', 'orders', '-s', 'checkout'];

test.each([
  ['gate', [...gate, '--timeout', '1s']],
  ['audit', ['audit']],
  ['doctor', ['doctor']],
])('%s shows from the beginning that it signs in', async (_, args) => {
  const running = startCli(args, env);
  await running.says(/^signing in to AWS …/);
  running.interrupt();
  await running.result;
});

test('a gate whose endpoint never answers ends with its time, in one sentence with the remedy', async () => {
  const { code, stdout, stderr } = await startCli([...gate, '--timeout', '1s'], env).result;
  expect(stdout).toBe('');
  expect(stderr.split('\n').at(-2)).toMatch(
    /^nlb-auditor: no endpoint of AWS in eu-west-1 answered \(.*\); see that .* AWS_ENDPOINT_URL is right .* run again\.$/,
  );
  expect(stderr).not.toMatch(/smithy|requestTimeout/);
  expect(code).toBe(3);
});

test('an observation ends where nothing has answered for as long as a person waits, in one sentence with the remedy', async () => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const failure: unknown = await observeAccount({ callsPerSecond: 5, patience: 100 }).catch((error: unknown) => error);
  vi.unstubAllEnvs();
  expect(failure).toBeInstanceOf(NoAnswer);
  expect(failure).toMatchObject({
    message: expect.stringMatching(
      /^no endpoint of AWS in eu-west-1 answered \(no answer to any call within 0\.1 s\); see that .* run again\.$/,
    ),
  });
});
