import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { kubeContext } from '../../bin/places/kube-context.ts';
import { UserError } from '../../config/user-error.ts';
import { program } from './bundled-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'kube-context-'));
const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';

interface Entry {
  context: string;
  cluster: string;
  exec?: object;
}

function kubeconfig(name: string, current: string | undefined, ...entries: Entry[]): string {
  const path = join(folder, name);
  const file = {
    apiVersion: 'v1',
    kind: 'Config',
    ...(current !== undefined && { 'current-context': current }),
    contexts: entries.map(({ context, cluster }) => ({ name: context, context: { cluster, user: `${context}-user` } })),
    users: entries.map(({ context, exec }) => ({ name: `${context}-user`, user: { exec } })),
  };
  writeFileSync(path, stringify(file));
  return path;
}

describe('a context of kubectl', () => {
  beforeEach(() => {
    vi.stubEnv('KUBECONFIG', kubeconfig('config', 'shop', { context: 'shop', cluster: arn }));
  });
  afterEach(() => vi.unstubAllEnvs());

  test('names the cluster as update-kubeconfig of the AWS CLI does', () => {
    expect(kubeContext(true)).toEqual({ cluster: ['shop'], region: 'eu-west-1' });
  });

  test.each<[string, Entry, object]>([
    [
      'the arguments of aws eks get-token',
      {
        context: 'a',
        cluster: 'anything',
        exec: { args: ['eks', 'get-token', '--cluster-name', 'till', '--region', 'eu-north-1'] },
      },
      { cluster: ['till'], region: 'eu-north-1' },
    ],
    [
      'the name that eksctl gives',
      { context: 'a', cluster: 'till.us-gov-west-1.eksctl.io' },
      { cluster: ['till'], region: 'us-gov-west-1' },
    ],
    [
      'the profile that the context signs in by',
      { context: 'a', cluster: arn, exec: { args: [], env: [{ name: 'AWS_PROFILE', value: 'prod' }] } },
      { cluster: ['shop'], region: 'eu-west-1', profile: 'prod' },
    ],
  ])('is known by %s', (_, entry, expected) => {
    vi.stubEnv('KUBECONFIG', kubeconfig('other', undefined, entry));
    expect(kubeContext('a')).toEqual(expected);
  });

  test('comes from the first of several files that has it', () => {
    const second = kubeconfig('second', 'till', { context: 'till', cluster: arn.replace('shop', 'till') });
    vi.stubEnv('KUBECONFIG', `${join(folder, 'missing')}:${process.env['KUBECONFIG']}:${second}`);
    expect(kubeContext(true).cluster).toEqual(['shop']);
    expect(kubeContext('till').cluster).toEqual(['till']);
  });

  test.each([
    ['shopp', /no context "shopp".*Did you mean shop\?/],
    ['kind', /does not name an EKS cluster and its Region; give --cluster and --region/],
  ])('that leads to no EKS cluster is a sentence with the remedy: %s', (name, words) => {
    vi.stubEnv(
      'KUBECONFIG',
      kubeconfig('kind', undefined, { context: 'shop', cluster: arn }, { context: 'kind', cluster: 'kind-kind' }),
    );
    expect(() => kubeContext(name)).toThrow(UserError);
    expect(() => kubeContext(name)).toThrow(words);
    expect(() => kubeContext(true)).toThrow(/no current context; name one with --context/);
  });

  test('that cannot be read is a sentence with the path', () => {
    const path = join(folder, 'broken');
    writeFileSync(path, 'contexts: 3');
    vi.stubEnv('KUBECONFIG', path);
    expect(() => kubeContext(true)).toThrow(`${path} could not be read as a configuration of kubectl`);
  });
});

test('kubectl nlb-audit is an audit in the current context, and what is given counts more', () => {
  const installed = join(folder, 'dist');
  cpSync('scripts/package/files', installed, { recursive: true });
  mkdirSync(join(installed, 'program'));
  writeFileSync(join(installed, 'program/main.mjs'), `import ${JSON.stringify(program)};`);
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));
  const plugin = join(folder, 'kubectl-nlb_audit');
  symlinkSync(join(installed, bin['kubectl-nlb_audit'].replace('dist/', '')), plugin);
  const run = (...args: string[]) => {
    const KUBECONFIG = kubeconfig('plugin', 'kind', { context: 'kind', cluster: 'kind-kind' });
    const env = { ...process.env, KUBECONFIG, AWS_EC2_METADATA_DISABLED: 'true' };
    return spawnSync(process.execPath, [plugin, ...args], { encoding: 'utf8', env });
  };
  const outside = run('-n', 'orders');
  expect(outside.stderr).toContain('the context "kind" of kubectl does not name an EKS cluster');
  expect(outside.status).toBe(2);
  expect(run('--context', 'shop', '-n', 'orders').stderr).toContain('kubectl has no context "shop"');
  expect(run('--help').stdout).toContain('Usage: nlb-auditor audit [options]');
});
