import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { deploy } from './deployment.ts';

const network = '127.71';
const broken = podCrashloop.build({ network });
const sound = healthy.build({ network });
const time = '2026-11-22T10:00:00Z';
const fingerprint = '111122223333/eu-west-1/shop/orders/checkout/pod-crashloop';
const incident = '111122223333/eu-west-1/shop/pod-crashloop';

test('a run finds the cause, remembers it and answers in numbers only', async () => {
  const { audit, store } = await deploy(broken);
  const summary = await audit({ time }, contextOf('run-1'));
  expect(summary).toMatchObject({ runId: time, complete: true, gaps: 0, changes: { opened: 1 } });
  expect(summary).toHaveProperty('cost.gbSeconds', expect.any(Number));
  expect(summary).not.toHaveProperty('groups');
  expect(JSON.stringify(summary).length).toBeLessThan(1000);
  expect((await store.remember()).findings).toMatchObject([{ fingerprint, status: 'open', lastRun: time }]);
  expect(await store.owed(incident)).toMatchObject({ transition: 'opened' });
});

test('a run keeps its report, with what it cost, where people are led to', async () => {
  const { audit, lab } = await deploy(broken, { reportBucket: 'eks-nlb-auditor-reports' });
  await audit({ time }, contextOf('run-1'));
  expect([...lab.objects.keys()].toSorted()).toEqual([
    `111122223333/eu-west-1/all/${time}.html`,
    `111122223333/eu-west-1/all/${time}.json`,
  ]);
  const { body = Buffer.from('') } = lab.objects.get(`111122223333/eu-west-1/all/${time}.json`) ?? {};
  expect(JSON.parse(gunzipSync(body).toString())).toMatchObject({
    run: { id: time, apiCalls: { 'eks:ListClusters': 1 }, cost: { gbSeconds: expect.any(Number) } },
    diagnoses: [{ cause: 'pod-crashloop' }],
  });
});

test('a report that cannot be kept costs nobody a message, and makes the run incomplete', async () => {
  const { audit, lines, store } = await deploy(broken, { reportBucket: 'elsewhere' });
  expect(await audit({ time }, contextOf('run-1'))).toMatchObject({ changes: { opened: 1 } });
  expect(await store.owed(incident)).toMatchObject({ transition: 'opened' });
  const [metrics] = lines.map((line) => JSON.parse(line)).filter(({ _aws }) => _aws !== undefined);
  expect(metrics).toMatchObject({ RunCompleted: 1, RunIncomplete: 1 });
});

test.each([
  ['told to nobody before', '2999-01-01T00:00:00Z', null],
  ['told after', '2026-01-01T00:00:00Z', expect.objectContaining({ transition: 'opened' })],
])('a cause that the configuration mutes is remembered and %s the mute has ended', async (_, until, owed) => {
  const mute = { pattern: `${incident.slice(0, -3)}*`, owner: 'team shop', reason: 'It is known.', until };
  const { audit, store } = await deploy(broken, { mutes: [mute] });
  expect(await audit({ time }, contextOf('run-1'))).toMatchObject({ changes: { opened: 1 } });
  expect(await store.owed(incident)).toEqual(owed);
});

test('the same run twice is one run', async () => {
  const { audit, takeRecords } = await deploy(broken);
  await audit({ time }, contextOf('run-1'));
  const written = takeRecords().Records.filter(({ dynamodb }) => dynamodb?.NewImage?.['pending'] !== undefined);
  expect(written).toHaveLength(1);
  expect(await audit({ time }, contextOf('run-1'))).toMatchObject({ changes: {} });
  expect(takeRecords().Records.filter(({ dynamodb }) => dynamodb?.NewImage?.['pending'] !== undefined)).toEqual([]);
});

test('a fault that is mended resolves', async () => {
  const { audit, lab, store } = await deploy(broken);
  await audit({ time }, contextOf('run-1'));
  await lab.apply(sound);
  expect(await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2'))).toMatchObject({ changes: { resolved: 1 } });
  expect((await store.remember()).findings).toMatchObject([{ fingerprint, status: 'resolved' }]);
});

test('what changed since the targets were healthy is told with the cause', async () => {
  const { audit, lab, store } = await deploy(sound);
  await audit({ time }, contextOf('run-1'));
  await lab.apply(broken);
  await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2'));
  const owed = await store.owed(incident);
  expect(owed?.diagnoses[0]?.changedSinceHealthy).toContainEqual({
    what: 'pods ready',
    before: '3 of 3',
    now: '0 of 3',
  });
});

test('a quiet account costs five writes a run', async () => {
  const { audit, lab } = await deploy(sound);
  await audit({ time }, contextOf('run-1'));
  const before = lab.calls.length;
  await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2'));
  const writes = lab.calls.slice(before).flatMap(({ service, action }) => (service === 'dynamodb' ? action : []));
  expect(writes.filter((action) => action !== 'Query').toSorted()).toEqual([
    'PutItem',
    'PutItem',
    'PutItem',
    'UpdateItem',
    'UpdateItem',
  ]);
});

test('a cluster that cannot be read resolves nothing', async () => {
  const { audit, lab, store } = await deploy(broken);
  await audit({ time }, contextOf('run-1'));
  const clusters = sound.clusters.map((cluster) => ({ ...cluster, reachable: false }));
  await lab.apply({ ...sound, clusters });
  const summary = await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2'));
  expect(summary).toMatchObject({ complete: false, changes: {} });
  expect((await store.remember()).findings).toMatchObject([{ fingerprint, status: 'open' }]);
});

test('a dry run answers with where its report is, for those who asked from afar', async () => {
  const { audit, takeRecords } = await deploy(broken, { reportBucket: 'eks-nlb-auditor-reports' });
  expect(await audit({ time, dryRun: true }, contextOf('run-1'))).toMatchObject({
    report: { bucket: 'eks-nlb-auditor-reports', key: `111122223333/eu-west-1/all/${time}.json` },
  });
  expect(takeRecords().Records).toEqual([]);
});

test('a dry run writes nothing', async () => {
  const { audit, lab, takeRecords } = await deploy(broken);
  expect(await audit({ time, dryRun: true }, contextOf('run-1'))).toMatchObject({ changes: { opened: 1 } });
  expect(takeRecords().Records).toEqual([]);
  const onTable = lab.calls.filter(({ service }) => service === 'dynamodb').map(({ action }) => action);
  expect(new Set(onTable)).toEqual(new Set(['Query']));
});

test('a run about one cluster leaves the findings of others alone', async () => {
  const { audit, store } = await deploy(broken);
  await audit({ time }, contextOf('run-1'));
  const summary = await audit({ time: '2026-11-22T10:05:00Z', clusters: ['elsewhere'] }, contextOf('run-2'));
  expect(summary).toMatchObject({ changes: {} });
  expect((await store.remember()).findings).toMatchObject([{ fingerprint, status: 'open' }]);
});

test('while another run holds the lease nothing is read', async () => {
  const { audit, lab, store } = await deploy(broken);
  const lease = await store.acquire('another', Date.now() + 60_000);
  expect(await audit({ time }, contextOf('run-1'))).toEqual({ skipped: 'another run holds the lease' });
  expect(lab.calls.filter(({ service }) => service !== 'dynamodb')).toEqual([]);

  if (lease === null) throw new Error('no lease');
  await store.release(lease);
  expect(await audit({ time }, contextOf('run-1'))).toMatchObject({ runId: time });
  expect(await store.acquire('another', Date.now() + 60_000)).not.toBeNull();
});

test('a run without time left says so and resolves nothing', async () => {
  const { audit, lab, store } = await deploy(broken);
  await audit({ time }, contextOf('run-1'));
  await lab.apply(sound);
  const summary = await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2', 0));
  expect(summary).toMatchObject({ complete: false, changes: {} });
  expect((await store.remember()).findings).toMatchObject([{ fingerprint, status: 'open' }]);
});

test('without probes the run sends none and is still complete', async () => {
  const { audit } = await deploy(broken, { probe: false });
  expect(await audit({ time }, contextOf('run-1'))).toMatchObject({ complete: true, gaps: 1 });
});

/** The metrics that a run wrote into its log. */
const metricsIn = (lines: string[]): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => '_aws' in line);

test('a run tells CloudWatch that it is done and what it found; a dry run and a run about some clusters do not', async () => {
  const { audit, lines } = await deploy(broken);
  await audit({ time, dryRun: true }, contextOf('run-0'));
  await audit({ time, clusters: ['shop'] }, contextOf('run-1'));
  expect(lines.length).toBeGreaterThan(0);
  expect(metricsIn(lines)).toEqual([]);

  await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-2'));
  expect(metricsIn(lines)).toMatchObject([
    { Deployment: 'eks-nlb-auditor', Vpc: 'all', RunCompleted: 1, RunIncomplete: 0, Unhealthy: 1, Uncovered: 0 },
  ]);
});

test('the auditor that is told which VPCs are covered names what is in others, and its run is complete', async () => {
  const vpcId = 'vpc-0aaaaaaaaaaaaaa99';
  const { audit, lines } = await deploy(broken, { vpcId, coveredVpcIds: [vpcId] });
  expect(await audit({ time }, contextOf('run-1'))).toMatchObject({ complete: true });
  expect(lines.join('')).toMatch(/cluster shop is in vpc-\w+, which no auditor covers/);
  expect(metricsIn(lines)).toMatchObject([{ RunIncomplete: 0, Uncovered: 1 }]);
});

test('a check that is switched off names no cause', async () => {
  const off = await deploy(broken, { checks: { 'pod-crashloop': 'off' } });
  await off.audit({ time }, contextOf('run-1'));
  expect((await off.store.remember()).findings.map((finding) => finding.fingerprint)).not.toContain(fingerprint);
});

test('a check that is graded anew names its cause with that severity', async () => {
  const low = await deploy(broken, { checks: { 'pod-crashloop': 'low' } });
  await low.audit({ time }, contextOf('run-1'));
  expect((await low.store.remember()).findings).toMatchObject([{ fingerprint, diagnoses: [{ severity: 'low' }] }]);
});

test('settings that are wrong are named with their remedy', async () => {
  const { audit } = await deploy(sound);
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AUDITOR_SETTINGS', '{"name":"a","slackWebhookSecret":"https://hooks.slack.com/services/T0/B0/x"}');
  await expect(audit({ time }, contextOf('run-1'))).rejects.toThrow(
    /AUDITOR_SETTINGS: table is missing; give the name of the DynamoDB table[\s\S]*slackWebhookSecret may be a credential/,
  );
});
