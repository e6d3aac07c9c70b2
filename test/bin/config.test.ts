import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { runCli, startCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'nlb-auditor-'));
const [facts, config] = [join(folder, 'facts.json'), join(folder, 'auditor.config.json')];
const off = 'svc-selector-matches-no-pods';
const settings = {
  vpcs: [{ id: 'vpc-0d4f9a61c27be8305', region: 'eu-west-1' }],
  checks: { [off]: 'off', 'pod-crashloop': 'info' },
};
const fast = ['--no-probe', '--calls-per-second', '1000'];
const basket = ['--cluster', 'shop', '--namespace', 'orders', '--service', 'basket'];
let lab: Lab;

beforeAll(async () => {
  writeFileSync(config, JSON.stringify(settings));
  lab = await startLab(demoWorld({ network: '127.88', now: new Date().toISOString() }));
  await runCli(['collect', facts, ...fast], lab.env);
});
afterAll(() => lab.close());

const causesOf = (stdout: string): Record<string, string> =>
  Object.fromEntries(
    JSON.parse(stdout).diagnoses.map(({ cause, severity }: { cause: string; severity: string }) => [cause, severity]),
  );

test.each([
  ['audit', () => ['audit', ...fast]],
  ['examine', () => ['examine', facts]],
])('%s lacks a check that the configuration switches off, and grades another as it says', async (_, command) => {
  const judge = async (...args: string[]) =>
    causesOf((await runCli([...command(), '-o', 'json', ...args], lab.env)).stdout);
  expect(await judge()).toMatchObject({ [off]: 'critical', 'pod-crashloop': 'critical' });
  const configured = await judge('--config', config);
  expect(configured).toMatchObject({ 'pod-crashloop': 'info' });
  expect(configured).not.toHaveProperty(off);
});

test('gate does not give up because of a check that is switched off', async () => {
  const args = ['gate', ...basket, ...fast, '--timeout', '0.1s', '--output', 'json'];
  expect(causesOf((await runCli(args, lab.env)).stdout)).toHaveProperty(off);
  expect(causesOf((await runCli([...args, '--config', config], lab.env)).stdout)).not.toHaveProperty(off);
});

test('watch shows no cause that is switched off', async () => {
  const watching = startCli(['audit', '--watch', '1h', ...fast, '--config', config], lab.env);
  await watching.says(/causes (of \d+ kinds )?on \d+ Services/);
  watching.interrupt();
  const { stdout } = await watching.result;
  expect(stdout).toContain('pod-crashloop');
  expect(stdout).not.toContain(off);
});

test('a configuration that is wrong is refused before anything is read', async () => {
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...settings, checks: { 'pod-crashloop': 'loud' } }));
  const { code, stderr } = await runCli(['audit', ...fast, '--config', join(folder, 'wrong.json')], lab.env);
  expect(stderr).toMatch(/wrong\.json: .*checks/);
  expect(stderr).not.toContain('surveying');
  expect(code).toBe(2);
});
