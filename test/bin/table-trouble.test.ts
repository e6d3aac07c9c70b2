import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** The environment of a DynamoDB that answers every call like this. */
async function answering(status: number, body: object): Promise<Record<string, string>> {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  return environment((server.address() as AddressInfo).port);
}

const environment = (port: number): Record<string, string> => ({
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'example',
});

const table = 'eks-nlb-auditor';
const commands = [
  ['history', '--table', table],
  ['mute', 'list', '--table', table],
  ['simulate', '--history', table],
];

test.each(commands)('%s of a table that cannot be reached is no bug: the remedy, and a try later', async (...args) => {
  const { code, stderr } = await runCli(args, environment(1));
  expect(stderr).toMatch(
    /^nlb-auditor: DynamoDB gives no access to the table "eks-nlb-auditor" \(connect ECONNREFUSED .*\); see that this machine reaches DynamoDB in the Region, and run again\.\n$/,
  );
  expect(code).toBe(3);
});

test.each(commands)('%s of a table that refuses shows what to allow', async (...args) => {
  const message = 'User: arn:aws:iam::111122223333:user/jo is not authorized to perform: dynamodb:Query';
  const env = await answering(400, { __type: 'com.amazon.coral.service#AccessDeniedException', message });
  const { code, stderr } = await runCli(args, env);
  expect(stderr).toBe(
    `nlb-auditor: DynamoDB gives no access to the table "eks-nlb-auditor" (${message}); allow your role what it refuses.\n`,
  );
  expect(code).toBe(2);
});
