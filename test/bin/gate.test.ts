import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoLater, demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { runCli, startCli } from './run-cli.ts';

const network = '127.83';
const world = () => demoWorld({ network, now: new Date().toISOString() });
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(world());
});
afterAll(() => lab.close());

const argumentsOf = (place: string, args: string[]): string[] => {
  const [cluster = '', namespace = '', service = ''] = place.split('/');
  const named = ['--cluster', cluster, '--namespace', namespace, '--service', service];
  return ['gate', ...named, '--calls-per-second', '1000', '--interval', '0.2s', ...args];
};
const gate = (place: string, ...args: string[]) => runCli(argumentsOf(place, args), lab.env);

test('opens at once where every target is healthy', async () => {
  const { code, stderr, stdout } = await gate('shop/web/storefront');
  expect(stderr).toMatch(/shop web\/storefront: (\d+) of \1 targets healthy/);
  expect(stdout).toContain('Nothing wrong (only namespace web, Service storefront)');
  expect(code).toBe(0);
});

test('opens where the rest is meant to be unhealthy: nodes without a pod under the Local policy', async () => {
  const { code, stderr } = await gate('shop/web/images');
  expect(stderr).toMatch(/shop web\/images: [12] of 3 targets healthy/);
  expect(code).toBe(0);
});

test('waits for a risk on healthy targets to be gone, where it is told to', async () => {
  const place = 'payments/cards/vault';
  const { code, stderr } = await gate(place, '--timeout', '0.5s', '--without', 'registration-in-progress');
  expect(stderr).toContain('time is up');
  expect(code).toBe(1);
  const { code: misspelt, stderr: reason } = await gate(place, '--without', 'registration-in-progres');
  expect(reason).toContain('Did you mean registration-in-progress?');
  expect(misspelt).toBe(2);
});

test('closes long before the time is up on a confirmed cause that waiting does not fix, seen twice', async () => {
  const { code, stdout, stderr } = await gate('shop/orders/basket', '--timeout', '10m');
  expect(stderr.match(/svc-selector-matches-no-pods; looking again/g)).toHaveLength(1);
  expect(stderr).toContain('waiting does not fix this');
  expect(stdout).toContain('svc-selector-matches-no-pods, confirmed');
  expect(stdout).not.toContain('pod-crashloop');
  expect(code).toBe(1);
});

test('does not open for targets that are being registered, and closes with what it knows when time is up', async () => {
  const { code, stdout, stderr } = await gate('payments/cards/vault', '--timeout', '1s');
  expect(stderr).toContain('2 of 3 targets healthy: registration-in-progress; time is up after 1 s');
  expect(stdout).toContain('registration-in-progress');
  expect(code).toBe(1);
});

test('opens when what it waits for comes', async () => {
  await lab.apply(world());
  const waiting = startCli(argumentsOf('shop/orders/checkout', ['--timeout', '2m', '--output', 'json']), lab.env);
  await waiting.says(/pod-crashloop; looking again/);
  await lab.apply(demoLater(lab.world));
  const { code, stdout } = await waiting.result;
  await lab.apply(world());
  expect(JSON.parse(stdout).groups).toEqual([expect.objectContaining({ service: 'checkout' })]);
  expect(code).toBe(0);
});

test('says that it can not tell where the health is not readable', async () => {
  await lab.apply({
    ...world(),
    refusals: [{ action: 'elasticloadbalancing:DescribeTargetHealth', error: 'AccessDenied' }],
  });
  const { code, stderr } = await gate('shop/web/storefront', '--timeout', '1s');
  await lab.apply(world());
  expect(stderr).toMatch(/could not be read/);
  expect(code).toBe(3);
});

test('waits for a Service that no target group serves yet', async () => {
  const withNew = world();
  withNew.clusters[0]?.objects.push({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'tomorrow',
      namespace: 'web',
      uid: '00000000-0000-4000-8000-00000000beef',
      resourceVersion: '1',
      creationTimestamp: withNew.now,
      labels: {},
      annotations: {},
    },
    spec: { type: 'ClusterIP', selector: { app: 'tomorrow' }, ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }] },
    status: {},
  });
  await lab.apply(withNew);
  const { code, stderr } = await gate('shop/web/tomorrow', '--timeout', '1s');
  await lab.apply(world());
  expect(stderr).toMatch(/no target group serves it yet/);
  expect(code).toBe(1);
});

test('a misspelt Service is reported at once, with the one that was meant', async () => {
  const calls = lab.calls.length;
  const { code, stderr, stdout } = await gate('shop/orders/chekout', '--timeout', '10m');
  expect(stderr).toMatch(/there is no Service orders\/chekout in eu-west-1\. Did you mean checkout\?/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  const made = lab.calls.slice(calls).map(({ action }) => action);
  expect(made).toContain('DescribeTargetGroups');
  expect(made).not.toContain('DescribeTargetHealth');
});

test('JUnit of a gate that did not open has a failure, and of one that opened none', async () => {
  const closed = await gate('payments/cards/vault', '--timeout', '1s', '--output', 'junit');
  expect(closed.code).toBe(1);
  expect(closed.stdout).toMatch(/<testsuites [^>]*failures="[1-9]/);
  const opened = await gate('shop/web/images', '--output', 'junit');
  expect(opened.code).toBe(0);
  expect(opened.stdout).toMatch(/<testsuites [^>]*failures="0" errors="0"/);
});
