import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoLater, demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { causesOf } from '../scenarios/redacted.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'nlb-auditor-'));
const file = (name: string): string => join(folder, name);
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(demoWorld({ network: '127.85', now: new Date().toISOString() }));
});
afterAll(() => lab.close());

const collect = (path: string, ...args: string[]) =>
  runCli(['collect', path, '--calls-per-second', '1000', ...args], lab.env);
const examine = async (...args: string[]) => JSON.parse((await runCli(['examine', ...args, '-o', 'json'])).stdout);

test('collect writes facts without judging them, with substitutes when asked, and both give the same causes', async () => {
  const [plain, redacted] = [file('plain.json'), file('redacted.json')];
  const { code, stdout, stderr } = await collect(plain);
  await collect(redacted, '--redact');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/facts of \d+ target groups written to .*plain.json; `nlb-auditor examine/);
  expect(statSync(redacted).mode & 0o777).toBe(0o600);

  const [of, without] = [await examine(plain), await examine(redacted)];
  expect(causesOf(of).length).toBeGreaterThan(5);
  expect(causesOf(without)).toEqual(causesOf(of));

  const { facts, inventory } = JSON.parse(readFileSync(plain, 'utf8'));
  const told = JSON.parse(readFileSync(redacted, 'utf8'));
  const text = JSON.stringify([told.facts, told.inventory]);
  const originals = new Set<string>(
    facts.flatMap(({ cluster, slices }: typeof of) => [
      inventory.account,
      ...(cluster === null ? [] : [cluster.name, cluster.arn]),
      ...slices.services.flatMap(({ metadata }: typeof of) => [metadata.name, metadata.uid]),
      ...slices.pods.flatMap(({ metadata, status }: typeof of) => [metadata.name, ...status.podIPs]),
      ...slices.nodes.map(({ metadata }: typeof of) => metadata.name),
      ...[...slices.targetGroups, ...slices.loadBalancers, ...slices.listeners].map(({ arn }: typeof of) => arn),
      ...[...slices.instances, ...slices.securityGroups, ...slices.subnets].map(({ id }: typeof of) => id),
      ...slices.targetHealth.map(({ id }: typeof of) => id),
    ]),
  );
  expect(originals.size).toBeGreaterThan(100);
  const isThere = (name: string): boolean =>
    new RegExp(`(?<![A-Za-z0-9])${name.replaceAll('.', '\\.')}(?![A-Za-z0-9])`).test(text);
  const left = [...originals].filter(isThere);
  expect(left).toEqual(['kube-dns']);
});

test('several files make a history; equal keys name the same things alike in all of them', async () => {
  const [before, after] = [file('before.json'), file('after.json')];
  await collect(before, '--redact-key', 'spring');
  await lab.apply(demoLater(lab.world));
  await collect(after, '--redact-key', 'spring');
  const report = await examine(after, before);
  const transitions = Object.values<{ transition: string }[]>(report.history).map((moments) =>
    moments.map(({ transition }) => transition).join(),
  );
  expect(transitions).toContain('opened,resolved');
  expect(transitions).toContain('opened');
  expect(report.run.finishedAt).toBe(JSON.parse(readFileSync(after, 'utf8')).run.finishedAt);
});

test('a facts file that no run wrote is refused in words, however deep the odd thing lies', async () => {
  const path = file('odd.json');
  await collect(path);
  const odd = JSON.parse(readFileSync(path, 'utf8'));
  odd.facts[0].slices.targetGroups[0].arn = { toString: 1 };
  writeFileSync(path, JSON.stringify(odd));
  const { code, stdout, stderr } = await runCli(['examine', path], lab.env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('odd.json could not be judged: ');
});

test('facts that could not be written after all are kept where they can be', async () => {
  const { code, stderr } = await collect('/dev/full', '--no-probe');
  expect(stderr).toMatch(/the facts could not be written to \/dev\/full: ENOSPC/);
  const [, kept = ''] = /What was read is in (\S+)\./.exec(stderr) ?? [];
  expect((await examine(kept)).diagnoses.length).toBeGreaterThan(5);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect(code).toBe(2);
});
