import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoLater, demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { runCli, startCli } from './run-cli.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab(demoWorld({ network: '127.86', now: new Date().toISOString() }));
});
afterAll(() => lab.close());

test('prints the report once, then what changed, until it is interrupted', async () => {
  const watching = startCli(['audit', '--watch', '0.2s', '--no-probe', '--calls-per-second', '1000'], lab.env);
  await watching.says(/causes (of \d+ kinds )?on \d+ Services/);
  await lab.apply(demoLater(lab.world));
  await watching.says(/resolved shop orders\/basket: svc-selector-matches-no-pods/);
  watching.interrupt();
  const { code, stdout } = await watching.result;
  expect(stdout.match(/svc-selector-matches-no-pods, confirmed/g)).toHaveLength(1);
  expect(stdout).toMatch(/✗ opened payments ledger\/journal: pod-readiness-probe-failing/);
  expect(stdout).toMatch(/✓ resolved shop orders\/checkout: pod-crashloop/);
  expect(stdout).toMatch(
    /· health shop orders\/basket: 0 of \d → 2 of 2 targets healthy|· health shop orders\/checkout/,
  );
  expect(stdout).not.toContain('\u001b');
  expect(code).toBe(1);
});

test('refuses output formats that cannot be watched', async () => {
  const { code, stderr } = await runCli(['audit', '--watch', '--output', 'json'], lab.env);
  expect(stderr).toMatch(/--watch prints text; write other formats with --out FILE/);
  expect(code).toBe(2);
});
