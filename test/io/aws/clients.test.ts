import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../../../io/aws/clients.ts';
import { survey } from '../../../io/survey/survey.ts';

test('requests that nobody answers end when the time is over', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLEEXAMPLE00');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  onTestFinished(() => void vi.unstubAllEnvs());

  const run = new AbortController();
  const asked = once(server, 'request');
  const surveying = survey(connect({ callsPerSecond: 5, signal: run.signal }), {});
  await asked;
  run.abort();

  const { gaps } = (await surveying).inventory;
  expect(gaps.map(({ reason }) => reason)).toEqual(['deadline', 'deadline', 'deadline']);
}, 5000);
