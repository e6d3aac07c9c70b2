import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { inPrivateNetwork } from '../../scripts/conformance/private-network.ts';
import { codeIn, root } from './pages.ts';

const [smallest] = codeIn('json').filter(({ name }) => name.startsWith('docs/getting-started.md'));

/** `cdk synth` with nothing of this machine: no credentials, no network, an empty home. */
function synthesize(config: object) {
  const folder = mkdtempSync(join(tmpdir(), 'getting-started-'));
  const [path, out, home] = [join(folder, 'auditor.config.json'), join(folder, 'out'), join(folder, 'home')];
  writeFileSync(path, JSON.stringify(config));
  mkdirSync(home);
  const cdk = join(root, 'node_modules/.bin/cdk');
  const [program = '', ...args] = inPrivateNetwork([cdk, 'synth', '--quiet', '-c', `config=${path}`, '-o', out]);
  const { NODE_COMPILE_CACHE, CDK_VALIDATION } = process.env;
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: home,
    NODE_COMPILE_CACHE,
    CDK_VALIDATION,
  };
  const { status, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', env });
  return { status, stderr, out };
}

test('the smallest configuration of the page synthesizes without credentials, network and home', {
  timeout: 300_000,
}, () => {
  const { status, stderr, out } = synthesize(JSON.parse(smallest?.text ?? ''));
  expect(stderr).not.toMatch(/error|credential/i);
  expect(status).toBe(0);
  const template = readdirSync(out).find((name) => name.endsWith('eu-west-1.template.json')) ?? '';
  const resources: { Type: string }[] = Object.values(JSON.parse(readFileSync(join(out, template), 'utf8')).Resources);
  expect(resources.filter(({ Type }) => Type === 'AWS::Lambda::Function').length).toBeGreaterThanOrEqual(2);
});

test('without subnets and without credentials one sentence says what to give', { timeout: 300_000 }, () => {
  const { status, stderr } = synthesize({ vpcs: [{ id: 'vpc-0d4f9a61c27be8305', region: 'eu-west-1' }] });
  expect(stderr).toMatch(/^vpcs\[0\]\.subnetIds is missing, and without AWS credentials .* give subnetIds/m);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(status).not.toBe(0);
});
