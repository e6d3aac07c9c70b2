import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { reportSchema } from '../../core/render/machine/report-schema.ts';
import { demoExpectations, demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { startLab } from '../../lab/start.ts';
import { runCli, startCli } from './run-cli.ts';

const network = '127.81';
const now = new Date().toISOString();
const folder = mkdtempSync(join(tmpdir(), 'nlb-auditor-'));
/** The lab's bucket is nobody else's. */
const fast = ['--calls-per-second', '1000'];
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(demoWorld({ network, now }));
});
afterAll(() => lab.close());

const isValid = new Ajv2020({ formats: { 'date-time': true } }).compile(reportSchema);

describe('audit', () => {
  test('names the cause of every fault, as JSON that its schema allows, and exits 1', async () => {
    const { code, stdout } = await startCli(['audit', ...fast, '--output', 'json'], lab.env).result;
    const report = JSON.parse(stdout);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    expect(code).toBe(1);
    expect(report.run.complete).toBe(true);
    for (const { verdict, cause, cluster, namespace, service } of demoExpectations) {
      const here = report.diagnoses.filter(
        (each: typeof report) => each.service === service && each.namespace === namespace,
      );
      if (verdict === 'healthy') expect([service, here]).toEqual([service, []]);
      else expect(here).toContainEqual(expect.objectContaining({ verdict, cause, cluster }));
    }
  });

  test('exits 0 and is silent on a healthy account', async () => {
    await lab.apply(healthy.build({ network, now }));
    const { code, stdout } = await startCli(['audit', ...fast], lab.env).result;
    await lab.apply(demoWorld({ network, now }));
    expect(stdout).toContain('Nothing wrong');
    expect(stdout).not.toContain('✗');
    expect(code).toBe(0);
  });

  test('with one cluster out of reach says so and judges the other in full', async () => {
    const world = demoWorld({ network, now });
    for (const each of world.clusters) if (each.cluster.name === 'payments') each.reachable = false;
    await lab.apply(world);
    const { code, stdout } = await runCli(['audit', ...fast, '--output', 'json'], lab.env);
    await lab.apply(demoWorld({ network, now }));
    const report = JSON.parse(stdout);
    expect(report.run.complete).toBe(false);
    expect(report.coverage.clusters).toEqual({ seen: 2, audited: 1 });
    expect(report.coverage.gaps).toContainEqual(
      expect.objectContaining({ reason: 'unreachable', scope: { kind: 'cluster', name: 'payments' } }),
    );
    for (const { verdict, cause, cluster, service } of demoExpectations) {
      if (cluster !== 'shop' || verdict === 'healthy') continue;
      expect(report.diagnoses).toContainEqual(expect.objectContaining({ verdict, cause, service }));
    }
    expect(code).toBe(1);
  });

  test('exits 3 when nothing is wrong in what could be read', async () => {
    const world = healthy.build({ network, now });
    await lab.apply({ ...world, refusals: [{ action: 'ec2:DescribeSecurityGroups', error: 'AccessDenied' }] });
    const { code, stdout } = await startCli(['audit', ...fast], lab.env).result;
    await lab.apply(demoWorld({ network, now }));
    expect(stdout).toContain('Not read, so not judged');
    expect(stdout).toContain('ec2:DescribeSecurityGroup');
    expect(code).toBe(3);
  });

  test('keeps its facts in a file for its owner alone, and examine says the same of them', async () => {
    const path = join(folder, 'facts.json');
    const audited = await runCli(['audit', ...fast, '--no-probe', '--save-facts', path, '--output', 'json'], lab.env);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
    const examined = await runCli(['examine', path, '--output', 'json']);
    expect(JSON.parse(examined.stdout)).toEqual(JSON.parse(audited.stdout));
    expect(examined.code).toBe(audited.code);
  });
});

describe('bad input gets one sentence with the remedy and exit code 2', () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"schemaVersion": 2}');
  test.each([
    ['an unknown flag', ['audit', '--bogus'], {}, /unknown option '--bogus'; .*--help/],
    ['an unknown command', ['adit'], {}, /unknown command 'adit'/],
    ['a budget of nothing', ['audit', '--calls-per-second', '0'], {}, /give a number above 0/],
    ['no Region', ['audit'], {}, /no AWS Region is set; give --region/],
    ['no credentials', ['audit', '--region', 'eu-west-1'], {}, /no usable AWS credentials were found; sign in/],
    [
      'a facts file that is not there',
      ['examine', '/nowhere/facts.json'],
      {},
      /could not be read as a facts file: ENOENT.*--save-facts/,
    ],
    ['a facts file of another kind', ['examine', broken], {}, /is not a facts file: schemaVersion/],
    ['an unknown check', ['explain', 'pod-crash'], {}, /no check "pod-crash"\. Did you mean pod-crashloop\?/],
    ['a misspelt check', ['explain', 'pod-crashlop'], {}, /no check "pod-crashlop"\. Did you mean pod-crashloop\?/],
    ['a filter by a misspelt check', ['audit', '--check', 'pod-crashlop'], {}, /Did you mean pod-crashloop\?/],
    [
      'a file of a kind that no format writes',
      ['audit', '--out', 'x.pdf'],
      {},
      /no output format writes \.pdf; name a file/,
    ],
    [
      'a history that is not there',
      ['simulate', '--history', 'gone/reports.jsonl'],
      {},
      /there is no file gone\/reports\.jsonl/,
    ],
    [
      'a history of JSON that is not there',
      ['simulate', '--history', 'reports.jsonl'],
      {},
      /there is no file reports\.jsonl/,
    ],
    [
      'both all namespaces and one',
      ['audit', '-A', '-n', 'orders'],
      {},
      /'-n, --namespace <name...>' cannot be used with|cannot be used with option '-n/,
    ],
    [
      'an unknown scenario',
      ['lab', 'nothing'],
      {},
      /there is no scenario "nothing"\..*`nlb-auditor lab --list` lists them all/,
    ],
  ])('%s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await runCli(args, env);
    expect(stderr.trim().split('\n').at(-1)).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test.each(['audit', 'doctor'])(
    '%s with a profile that has no credentials, before anything is read',
    async (command) => {
      const calls = lab.calls.length;
      writeFileSync(join(folder, 'config'), '[profile ops]\nregion = eu-west-1\n');
      const env = { ...lab.env, AWS_PROFILE: '', AWS_CONFIG_FILE: join(folder, 'config') };
      const { code, stderr, stdout } = await runCli([command, '--profile', 'ops'], env);
      expect(stderr).toMatch(/credentials/);
      expect(stderr).toContain('aws sso login --profile ops');
      expect(stdout).toBe('');
      expect(code).toBe(2);
      expect(lab.calls.slice(calls).filter(({ service }) => service !== 'sts')).toEqual([]);
    },
  );

  test('an unknown cluster', async () => {
    const { code, stderr } = await startCli(['audit', '--cluster', 'shopp'], lab.env).result;
    expect(stderr).toMatch(
      /there is no cluster "shopp" in eu-west-1; `aws eks list-clusters --region eu-west-1` lists those that there are/,
    );
    expect(code).toBe(2);
  });
});

test('--version prints name and version of the package', async () => {
  const { stdout, code } = await startCli(['--version']).result;
  expect(stdout).toBe(`nlb-auditor ${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`);
  expect(code).toBe(0);
});

test('explain prints the page of every check, and checks lists them all', async () => {
  const [explained, listed] = await Promise.all([
    runCli(['explain', 'pod-crashloop']),
    runCli(['checks', '--output', 'json']),
  ]);
  expect(explained.stdout).toContain('# Containers behind the Service crash again and again');
  expect(JSON.parse(listed.stdout)).toHaveLength(catalogue.length);
});

test('doctor names what to grant', async () => {
  await lab.apply({
    ...demoWorld({ network, now }),
    refusals: [{ action: 'elasticloadbalancing:DescribeTargetHealth', error: 'AccessDenied' }],
  });
  const refused = await runCli(['doctor', ...fast], lab.env);
  await lab.apply(demoWorld({ network, now }));
  expect(refused.stdout).toMatch(/✗ elasticloadbalancing:DescribeTargetHealth: denied/);
  expect(refused.code).toBe(3);
  const granted = await runCli(['doctor', ...fast], lab.env);
  expect(granted.stdout).toContain('✓ everything that an audit reads can be read');
  expect(granted.code).toBe(0);
});
