import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { runCli } from './run-cli.ts';

const network = '127.84';
const folder = mkdtempSync(join(tmpdir(), 'nlb-auditor-'));
const file = (name: string): string => join(folder, name);
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(demoWorld({ network, now: new Date().toISOString() }));
});
afterAll(() => lab.close());

const audit = (...args: string[]) => runCli(['audit', '--calls-per-second', '1000', ...args], lab.env);

test('writes a file for each ending and prints the text as well', async () => {
  const names = ['a.json', 'a.html', 'a.md', 'a.sarif', 'a.xml', 'a.csv', 'a.ocsf.json'].map(file);
  const { stdout, stderr, code } = await audit('--no-probe', ...names.flatMap((name) => ['--out', name]));
  const [json = '', html = '', markdown = '', sarif = '', junit = '', csv = '', ocsf = ''] = names.map((name) =>
    readFileSync(name, 'utf8'),
  );
  expect(JSON.parse(json).schemaVersion).toBe(1);
  expect(html).toMatch(/^<!doctype html>/i);
  expect(markdown).toMatch(/^#/);
  expect(JSON.parse(sarif).version).toBe('2.1.0');
  expect(junit).toContain('<testsuites');
  expect(csv.split('\n')[0]).toContain(',');
  expect(JSON.stringify(JSON.parse(ocsf))).toContain('class_uid');
  expect(stdout).toContain('pod-crashloop, confirmed');
  expect(stderr).toContain(`report written to ${names.join(', ')}`);
  expect(code).toBe(1);
});

test('does not print again what a file has', async () => {
  const { stdout } = await audit('--no-probe', '--output', 'json', '--out', file('once.json'));
  expect(JSON.parse(readFileSync(file('once.json'), 'utf8')).diagnoses.length).toBeGreaterThan(0);
  expect(stdout).toBe('');
});

test('takes the form of --output where the ending says nothing', async () => {
  await audit('--no-probe', '--output', 'csv', '--out', file('report'));
  expect(readFileSync(file('report'), 'utf8').split('\n')[0]).toContain(',');
});

test('a file that can not be written is one sentence with the remedy', async () => {
  const { code, stderr } = await audit('--no-probe', '--out', '/nowhere/report.html');
  expect(stderr.trim().split('\n').at(-1)).toMatch(
    /could not be written to \/nowhere\/report.html: ENOENT.*; name a file/,
  );
  expect(existsSync('/nowhere')).toBe(false);
  expect(code).toBe(2);
});

test('a folder that does not exist is reported before anything is read', async () => {
  const { code, stderr, stdout } = await runCli(['audit', '--no-probe', '--out', '/nowhere/report.html'], {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  });
  expect(stderr).toContain('could not be written to /nowhere/report.html: ENOENT');
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a report that can not be kept is shown all the same', async () => {
  const { code, stdout } = await audit('--no-probe', '--out', '/dev/full');
  expect(stdout).toContain('pod-crashloop, confirmed');
  expect(code).toBe(2);
});

test('shows one Service alone, and says so', async () => {
  const { stdout, code } = await audit(
    '--no-probe',
    '--service',
    'basket',
    '--namespace',
    'orders',
    '--cluster',
    'shop',
  );
  expect(stdout).toContain('svc-selector-matches-no-pods');
  expect(stdout).not.toContain('pod-crashloop');
  expect(stdout).toMatch(/1 cause on 1 Service \(only namespace orders, Service basket\)\n$/);
  expect(code).toBe(1);
});

test('is green for the Service asked for while others burn', async () => {
  const { stdout, code } = await audit('--no-probe', '--service', 'storefront');
  expect(stdout).toContain('Nothing wrong (only Service storefront)');
  expect(code).toBe(0);
});

test('leaves out what is less severe', async () => {
  const { stdout } = await audit('--no-probe', '--severity', 'critical', '--output', 'json');
  const { diagnoses, filter } = JSON.parse(stdout);
  expect(filter).toEqual({ severity: 'critical' });
  expect([...new Set(diagnoses.map(({ severity }: { severity: string }) => severity))]).toEqual(['critical']);
});

test('a name that no target group serves is a slip of the pen, not a green report', async () => {
  const { stdout, stderr, code } = await audit('--no-probe', '--service', 'chekout');
  expect(stderr).toMatch(/there is no Service "chekout" in eu-west-1\. Did you mean checkout\?/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.each([
  ['orders', 'prices', /there is no Service orders\/prices in eu-west-1\. There is catalog\/prices\./],
  ['catalog', 'checkout', /there is no Service catalog\/checkout in eu-west-1\. There is orders\/checkout\./],
  ['order', 'checkout', /no Service is in a namespace "order" in eu-west-1\. Did you mean orders\?/],
])('a Service that is not in the namespace given is not a green report: %s/%s', async (namespace, service, words) => {
  const { stdout, stderr, code } = await audit('--namespace', namespace, '--service', service);
  expect(stderr).toMatch(words);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('for one Service it reads and probes only what that needs, and says the same of it', async () => {
  const [wide, narrow] = [
    await audit('--output', 'json'),
    await audit('--namespace', 'orders', '--service', 'checkout', '--output', 'json'),
  ].map(({ stdout }) => JSON.parse(stdout));
  const of = (report: typeof wide) => report.diagnoses.filter((each: typeof wide) => each.service === 'checkout');
  expect(of(narrow)).toHaveLength(1);
  expect(of(narrow)).toEqual(of(wide));
  expect(narrow.groups.map((each: typeof wide) => each.service)).toEqual(['checkout']);
  expect(narrow.run.apiCalls['elasticloadbalancing:DescribeTargetHealth']).toBe(1);
  expect(narrow.run.apiCalls['kubernetes:list pods']).toBe(1);
  expect(narrow.coverage.clusters).toEqual({ seen: 1, audited: 1 });
  expect(narrow.coverage.targets.probed).toBeLessThan(wide.coverage.targets.probed / 2);
});

test('takes cluster and Region from a context of kubectl', async () => {
  const KUBECONFIG = file('kubeconfig');
  const cluster = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
  writeFileSync(
    KUBECONFIG,
    JSON.stringify({ 'current-context': 'pay', contexts: [{ name: 'pay', context: { cluster, user: 'me' } }] }),
  );
  const args = ['audit', '--context', '--no-probe', '--calls-per-second', '1000', '-o', 'json'];
  const { stdout } = await runCli(args, { ...lab.env, KUBECONFIG, AWS_REGION: 'us-east-1' });
  const { run, groups } = JSON.parse(stdout);
  expect(run.region).toBe('eu-west-1');
  expect([...new Set(groups.map((each: typeof run) => each.cluster))]).toEqual(['payments']);
});

test('keeps only what a check found', async () => {
  const { stdout } = await audit('--no-probe', '--check', 'pod-crashloop', '--output', 'yaml');
  const { diagnoses, filter } = parse(stdout);
  expect(filter).toEqual({ checks: ['pod-crashloop'] });
  expect(diagnoses.map(({ cause }: { cause: string }) => cause)).toEqual(['pod-crashloop']);
});

test('outside of the VPC it sends no packet and says so', async () => {
  const world = demoWorld({ network, now: new Date().toISOString() });
  for (const each of world.networkInterfaces) {
    each.privateIps = each.privateIps.map((address) => (address === '127.0.0.1' ? '192.0.2.1' : address));
  }
  await lab.apply(world);
  const { stdout, code } = await audit('--output', 'json');
  const report = JSON.parse(stdout);
  expect(report.coverage.targets.probed).toBe(0);
  expect(report.coverage.gaps).toContainEqual(
    expect.objectContaining({ slice: 'probes', remedy: expect.stringContaining('--via-lambda') }),
  );
  expect(code).toBe(1);
  const text = await audit();
  expect(text.stdout).toMatch(/no probe was sent: No network interface of the\s+audited VPCs/);
  await lab.apply(demoWorld({ network, now: new Date().toISOString() }));
});
