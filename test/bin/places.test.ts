import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportSchema } from '../../core/render/machine/report-schema.ts';
import type { Lab } from '../../lab/lab.ts';
import { relocate } from '../../lab/relocate.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { startLab } from '../../lab/start.ts';
import { program } from './bundled-program.ts';
import { runCli } from './run-cli.ts';

const now = new Date().toISOString();
const fast = ['--no-probe', '--calls-per-second', '1000'];
const [here, there] = ['111122223333', '444455556666'];
const role = (name: string, account = there): string => `arn:aws:iam::${account}:role/${name}`;
let lab: Lab;

beforeAll(async () => {
  const inOtherRegion = relocate(healthy.build({ network: '127.89', now }), { region: 'us-east-1' });
  const inOtherAccount = relocate(podCrashloop.build({ network: '127.89', now }), { account: there });
  lab = await startLab(podCrashloop.build({ network: '127.89', now }), {
    sockets: false,
    elsewhere: [
      inOtherRegion,
      { ...inOtherAccount, roles: [{ name: 'audit' }, { name: 'guarded', externalId: 'x1' }] },
    ],
  });
});
afterAll(() => lab.close());

const audit = (...args: string[]) => runCli(['audit', ...fast, ...args], lab.env);
const documents = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const placesIn = (stdout: string): string[] => documents(stdout).map(({ run }) => `${run.account} ${run.region}`);
const isValid = new Ajv2020({ formats: { 'date-time': true } }).compile(reportSchema);

describe('several Regions', () => {
  test('give one report after the other, one line for a Region without anything, and the exit code of the worst', async () => {
    const { stdout, code } = await audit('--region', 'us-east-1,eu-west-3', '--region', 'eu-west-1');
    const heads = [
      `${here} us-east-1  20`,
      `${here} eu-west-3  no cluster and no target group\n`,
      `${here} eu-west-1  20`,
    ];
    expect(heads.map((head) => stdout.split(head).length)).toEqual([2, 2, 2]);
    expect(heads.map((head) => stdout.indexOf(head))).toEqual(
      heads.map((head) => stdout.indexOf(head)).toSorted((a, b) => a - b),
    );
    const [, inAll] = stdout.split('In all\n');
    expect(inAll).toMatch(/us-east-1 {2}Nothing wrong.*\n.*eu-west-1 {2}1 cause on 1 Service\n {2}1 more without/);
    expect(code).toBe(1);
  });

  test('are a JSON document on each line, each as its schema has it', async () => {
    const { stdout } = await audit('--region', 'eu-west-1,us-east-1,eu-west-3', '-o', 'json');
    for (const report of documents(stdout)) expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    expect(documents(stdout).map(({ run }) => run.region)).toEqual(['eu-west-1', 'us-east-1', 'eu-west-3']);
  });

  test('are a file for each, named with account and Region', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'places-'));
    const files = [
      '--out',
      join(folder, 'r.sarif.json'),
      '--out',
      join(folder, 'page.html'),
      '--save-facts',
      join(folder, 'facts'),
    ];
    await audit('--region', 'eu-west-1,us-east-1', ...files);
    const suffixes = [`-${here}-eu-west-1`, `-${here}-us-east-1`];
    const expected = suffixes.flatMap((suffix) => [`facts${suffix}`, `page${suffix}.html`, `r${suffix}.sarif.json`]);
    expect(readdirSync(folder).toSorted()).toEqual(expected.toSorted());
    const { inventory } = JSON.parse(readFileSync(join(folder, `facts-${here}-us-east-1`), 'utf8'));
    expect(inventory.region).toBe('us-east-1');
  });

  test('go on after one that is not enabled, which is a document with a gap', async () => {
    const { stdout, stderr, code } = await audit('--region', 'me-south-1,us-east-1', '-o', 'json');
    expect(stderr).toMatch(/nlb-auditor: me-south-1: .*me-south-1 is not enabled/);
    const [unread, read] = documents(stdout);
    expect(isValid(unread), JSON.stringify(isValid.errors)).toBe(true);
    expect(unread).toMatchObject({ run: { region: 'me-south-1', complete: false }, groups: [] });
    expect(read.run).toMatchObject({ region: 'us-east-1' });
    expect(code).toBe(3);
  });

  test('exit 2 where none of them could be read', async () => {
    const { stdout, code } = await audit('--region', 'me-south-1,af-south-1');
    expect(stdout).toMatch(/In all\n {2}me-south-1\n {4}not audited: /);
    expect(code).toBe(2);
  });

  test('know a cluster that one of them has, and refuse one that none has', async () => {
    const shop = ['--cluster', 'shop', '--namespace', 'orders', '--service', 'checkout'];
    const known = await audit('--region', 'us-east-1,eu-west-3', ...shop);
    expect(known.stderr).toContain('eu-west-3: there is no cluster "shop" in eu-west-3');
    expect(known.stdout).toMatch(/us-east-1 {2}Nothing wrong/);
    const unknown = await audit('--region', 'us-east-1,eu-west-3', '--cluster', 'shopp');
    expect(unknown.code).toBe(2);
  });

  test('without anything in any of them are nothing that was judged', async () => {
    const { stdout, code } = await audit('--region', 'eu-west-2,eu-west-3');
    expect(stdout).toContain('2 without a cluster or a target group');
    expect(stdout).not.toContain('Nothing wrong');
    expect(code).toBe(3);
  });

  test('are those that are enabled with --all-regions, and those of the configuration where no option names one', async () => {
    const all = placesIn((await audit('--all-regions', '-o', 'json')).stdout);
    expect(all).toHaveLength(17);
    expect(all).toEqual(all.toSorted());
    const config = join(mkdtempSync(join(tmpdir(), 'places-')), 'auditor.config.json');
    const vpcs = ['us-east-1', 'eu-west-3'].map((region) => ({ id: 'vpc-0d4f9a61c27be8305', region }));
    writeFileSync(
      config,
      JSON.stringify({ vpcs: vpcs.map((vpc, index) => ({ ...vpc, id: `vpc-0d4f9a61c27be830${index}` })) }),
    );
    const configured = documents((await audit('--config', config, '-o', 'json')).stdout).map(({ run }) => run.region);
    expect(configured).toEqual(['us-east-1', 'eu-west-3']);
    const [only] = documents(
      (await audit('--config', config, '--region', 'eu-west-3', '-o', 'json')).stdout.replaceAll('\n', ''),
    );
    expect(only.run.region).toBe('eu-west-3');
  });
});

describe('roles', () => {
  test('are audited in their own accounts, clusters too, one after the other', async () => {
    const { stdout, code } = await audit('--role-arn', role('audit'), '--region', 'eu-west-1,us-east-1', '-o', 'json');
    const [report] = documents(stdout);
    expect(report.run.account).toBe(there);
    expect(report.coverage.clusters).toEqual({ seen: 1, audited: 1 });
    expect(report.diagnoses.map(({ cause }: { cause: string }) => cause)).toContain('pod-crashloop');
    expect(documents(stdout)).toHaveLength(2);
    expect(code).toBe(1);
  });

  test('that cannot be assumed say so, and the others are audited', async () => {
    const { stdout, stderr, code } = await audit(
      '--role-arn',
      `${role('audit')},${role('none', here)}`,
      '--all-regions',
    );
    expect(stderr).toMatch(
      /nlb-auditor: 111122223333: the role arn:aws:iam::111122223333:role\/none could not be assumed/,
    );
    expect(stdout).toContain(`${there} eu-west-1  20`);
    expect(code).toBe(1);
  });

  test('want the external id that their trust policy names', async () => {
    const refused = await audit('--role-arn', role('guarded'));
    expect(refused.stderr).toMatch(/role\/guarded could not be assumed \(User: .* is not authorized.*--external-id/);
    expect(refused.code).toBe(2);
    const { stdout } = await audit('--role-arn', role('guarded'), '--external-id', 'x1');
    expect(stdout).toContain(`${there} eu-west-1`);
  });

  test('leave no credentials in what is written', async () => {
    const { stdout, stderr } = await audit('--role-arn', role('audit'), '-o', 'json');
    expect(stdout + stderr).not.toMatch(/lab-session-of|ASIALAB/);
  });
});

test('gate and collect sign in by one role', async () => {
  const signedIn = ['--role-arn', role('guarded'), '--external-id', 'x1', ...fast];
  const place = ['-c', 'shop', '-n', 'orders', '-s', 'checkout', '--timeout', '0.1s', '-o', 'json'];
  const gate = await runCli(['gate', ...place, ...signedIn], lab.env);
  expect(JSON.parse(gate.stdout).run.account).toBe(there);
  const facts = join(mkdtempSync(join(tmpdir(), 'places-')), 'facts.json');
  await runCli(['collect', facts, ...signedIn], lab.env);
  expect(JSON.parse(readFileSync(facts, 'utf8')).inventory.account).toBe(there);
});

test('doctor examines what a role may read', async () => {
  const { stdout, stderr, code } = await runCli(
    ['doctor', '--role-arn', role('guarded'), '--external-id', 'x1', '--calls-per-second', '1000'],
    lab.env,
  );
  expect(stderr).not.toContain('nlb-auditor:');
  expect(stdout).toContain(`account ${there}, Region eu-west-1, 1 cluster, 3 target groups`);
  expect(code).toBe(0);
  const refused = await runCli(['doctor', '--role-arn', role('guarded')], lab.env);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/role\/guarded could not be assumed/);
});

test('mcp reads as one role, and a role that cannot be assumed is an error of the tool', async () => {
  const answers = async (...args: string[]) => {
    const client = new Client({ name: 'test', version: '1' });
    const env = { ...lab.env, PATH: process.env['PATH'] ?? '' };
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [program, 'mcp', ...args], env, stderr: 'ignore' }),
    );
    const answer = await client.callTool({ name: 'audit', arguments: { probe: false } });
    await client.close();
    return answer;
  };
  const asGuarded = ['--role-arn', role('guarded'), '--calls-per-second', '1000'];
  expect(await answers(...asGuarded, '--external-id', 'x1')).toMatchObject({ structuredContent: { account: there } });
  const refused = await answers(...asGuarded);
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused.content)).toMatch(/role\/guarded could not be assumed.*--external-id/);
});

describe('what has one Region refuses several before anything is read', () => {
  const gate = ['gate', '-c', 'shop', '-n', 'orders', '-s', 'checkout'];
  const two = ['--region', 'eu-west-1,us-east-1'];
  test.each([
    ['gate', [...gate, ...two], /name one Region: only `audit` takes several/],
    ['collect', ['collect', 'facts.json', ...two], /name one Region: only `audit` takes several/],
    ['watch', ['audit', '--watch', ...two], /--watch repeats the audit of one Region/],
    [
      'the deployed auditor',
      ['audit', '--via-lambda', 'f', ...two],
      /--via-lambda runs one function in its own Region/,
    ],
    [
      'a context of kubectl',
      ['audit', '--context', '--all-regions'],
      /a context of kubectl is one cluster in one Region/,
    ],
    ['a single page', ['audit', '-o', 'html', ...two], /2 reports are no single html document; write a file for each/],
    ['an empty Region', ['audit', '--region', ''], /is no name of a Region: give one such as eu-west-1;/],
    ['all Regions and one', ['audit', '--all-regions', '--region', 'eu-west-1'], /cannot be used with option '-r/],
    [
      'what is no role',
      ['audit', '--role-arn', 'arn:aws:iam::1:user/x'],
      /give ARNs of roles, for example arn:aws:iam/,
    ],
    [
      'two roles of one account',
      ['audit', '--role-arn', `${role('a')},${role('b')}`],
      /two roles of account 444455556666/,
    ],
    ['an external id alone, of doctor', ['doctor', '--external-id', 'x'], /name the role with --role-arn/],
    ['an external id alone, of mcp', ['mcp', '--external-id', 'x'], /name the role with --role-arn/],
    ['an external id alone', ['audit', '--external-id', 'x'], /name the role with --role-arn/],
  ])('%s', async (_, args, message) => {
    const calls = lab.calls.length;
    const { code, stderr, stdout } = await runCli(args, lab.env);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(lab.calls).toHaveLength(calls);
  });
});
