import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { deploy } from '../lambda/deployment.ts';
import { oneVpc } from '../lib/synthesize.ts';
import { runCli } from './run-cli.ts';

const network = '127.82';
const table = ['--table', 'eks-nlb-auditor'];
const fingerprint = '111122223333/eu-west-1/shop/orders/checkout/pod-crashloop';

/** A lab in whose table a cause was found, was gone, and came back. */
async function remembered() {
  const { audit, lab } = await deploy(podCrashloop.build({ network }));
  await audit({ time: '2026-11-22T10:00:00Z' }, contextOf('run-1'));
  await lab.apply(healthy.build({ network }));
  await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2'));
  await lab.apply(podCrashloop.build({ network }));
  await audit({ time: '2026-11-22T10:10:00Z' }, contextOf('run-3'));
  return lab.env;
}

test('history lists what is remembered, and tells all of one finding', async () => {
  const env = await remembered();
  const listed = await runCli(['history', ...table, '--output', 'json'], env);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ fingerprint, status: 'open', episode: 2 }]);
  const { stdout, code } = await runCli(['history', '*/orders/checkout/*', ...table], env);
  expect(stdout).toContain(fingerprint);
  expect(stdout.match(/→ {2}(now|\d{4}-\d\d-\d\d \d\d:\d\dZ)$/gm)).toHaveLength(2);
  expect(
    stdout.match(/^ {2}\d{4}-\d\d-\d\d \d\d:\d\dZ {2}(opened: critical, confirmed, .* healthy|resolved)$/gm),
  ).toHaveLength(3);
  expect(stdout).toMatch(/First seen by\n {2}.*CrashLoopBackOff/);
  expect(code).toBe(0);
  const unknown = await runCli(['history', '*/nobody/*', ...table], env);
  expect(unknown.stderr).toMatch(/no finding "\*\/nobody\/\*" is remembered; .* lists all 1/);
  expect(unknown.code).toBe(2);
});

test('simulate counts the messages of the runs that were kept', async () => {
  const { stdout, code } = await runCli(['simulate', '--history', 'eks-nlb-auditor'], await remembered());
  expect(stdout).toMatch(/^111122223333\/eu-west-1\/all: [1-9]\d* messages in 3 runs, /);
  expect(code).toBe(0);
});

test('simulate tries the rules of a configuration', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'nlb-auditor-')), 'auditor.config.json');
  writeFileSync(path, JSON.stringify({ ...oneVpc, lifeCycle: { openAfter: { bad: 3, of: 3 } } }));
  const { stdout, code } = await runCli(
    ['simulate', '--config', path, '--history', 'eks-nlb-auditor'],
    await remembered(),
  );
  expect(stdout).toMatch(/^111122223333\/eu-west-1\/all: 0 messages in 3 runs, /);
  expect(code).toBe(0);
});

test('simulate takes files of reports too, as audits write them one after the other', async () => {
  const { lab } = await deploy(podCrashloop.build({ network }));
  const folder = mkdtempSync(join(tmpdir(), 'nlb-auditor-'));
  const [bad, good] = ['bad.json', 'good.json'].map((name) => join(folder, name)) as [string, string];
  const report = async () => (await runCli(['audit', '--output', 'json'], lab.env)).stdout;
  writeFileSync(bad, await report());
  await lab.apply(healthy.build({ network }));
  writeFileSync(good, (await report()) + (await report()));
  const { stdout, code } = await runCli(['simulate', '--history', good, bad], lab.env);
  expect(stdout).toMatch(/^111122223333\/eu-west-1: 2 messages in 3 runs, [\s\S]*opened: 1\n[\s\S]*resolved: 1\n/);
  expect(code).toBe(0);

  writeFileSync(bad, '{"schemaVersion":1}');
  const wrong = await runCli(['simulate', '--history', bad], lab.env);
  expect(wrong.stderr).toMatch(
    /bad\.json: report 1 is none: run: .*; write reports with `nlb-auditor audit --output json/,
  );
  expect(wrong.code).toBe(2);
});

test('a mute is added, listed and removed', async () => {
  const { lab } = await deploy(healthy.build({ network }));
  const mute = (...args: string[]) => runCli(['mute', ...args, ...table], lab.env);
  expect((await mute('list')).stdout).toBe('Nothing is muted.\n');
  const added = await mute('add', '*/orders/*', '--for', '8h', '--reason', 'migration', '--owner', 'ops');
  expect(added.stdout).toMatch(/^\*\/orders\/\* is quiet until \d{4}-/);
  expect(JSON.parse((await mute('list', '--output', 'json')).stdout)).toEqual([
    { pattern: '*/orders/*', owner: 'ops', reason: 'migration', until: expect.stringMatching(/Z$/) },
  ]);
  expect((await mute('list')).stdout).toMatch(/PATTERN.*\n\*\/orders\/\* .* ops +migration\n/);
  expect((await mute('remove', '*/orders/*')).stdout).toBe('*/orders/* is no longer muted\n');
  const again = await mute('remove', '*/orders/*');
  expect(again.stderr).toMatch(/nothing mutes "\*\/orders\/\*"; `nlb-auditor mute list/);
  expect(again.code).toBe(2);
});

test('items that cannot be read are named on standard error, and what is printed stays whole', async () => {
  const { store, lab } = await deploy(healthy.build({ network }));
  await store.acquire('run-1', Date.now());
  const client = new DynamoDBClient();
  onTestFinished(() => client.destroy());
  const Item = { pk: { S: 'SCOPE#111122223333/eu-west-1/all' }, sk: { S: 'FINDING#odd' } };
  await client.send(new PutItemCommand({ TableName: 'eks-nlb-auditor', Item }));
  const { stdout, stderr, code } = await runCli(['history', ...table, '--output', 'json'], lab.env);
  expect(JSON.parse(stdout)).toEqual([]);
  expect(stderr).toBe('a stored finding cannot be read and counts as new: FINDING#odd\n');
  expect(code).toBe(0);
});

test('a table that is not there is one sentence with the remedy', async () => {
  const { lab } = await deploy(healthy.build({ network }));
  const { stderr, code } = await runCli(['history', '--table', 'nowhere'], lab.env);
  expect(stderr).toMatch(/there is no table "nowhere"; the output TableName of the stack names it/);
  expect(code).toBe(2);
});
