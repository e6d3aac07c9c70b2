import { expect, test } from 'vitest';
import { settleWith } from '../../lab/faults/incident.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { svcSelectorMatchesNoPods } from '../../lab/scenarios/svc-selector-matches-no-pods.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { addCluster } from '../../lab/world/cluster.ts';
import type { World } from '../../lab/world/world.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { deploy } from './deployment.ts';

const time = '2026-11-22T10:00:00Z';
const later = '2026-11-22T10:01:07.123Z';

/** A cluster with three Services: what happens to `web`, one that is well, and one whose selector matches nothing. */
function build(web: Scenario): World {
  const world = buildAccount({ network: '127.53' });
  addCluster(world, { name: 'shop', nodes: 2 });
  const incident = (scenario: Scenario, service: string) => ({
    scenario,
    cluster: 'shop',
    namespace: 'orders',
    service,
  });
  return settleWith(world, [
    incident(web, 'web'),
    incident(healthy, 'api'),
    incident(svcSelectorMatchesNoPods, 'queue'),
  ]);
}
const sound = build(healthy);
const broken = build(podCrashloop);

/** The ARN of the target group of a Service, as its tags name it. */
const groupOf = ({ targetGroups }: World, service: string): string =>
  targetGroups.find(({ tags }) => Object.values(tags).includes(`orders/${service}`))?.arn ?? '';
const targetGroups = [groupOf(sound, 'web')];

/** Target groups whose health was read. */
const readIn = ({ calls }: Lab) =>
  calls.filter(({ action }) => action === 'DescribeTargetHealth').map(({ parameters }) => parameters['TargetGroupArn']);

const start = () => deploy(sound, { probe: false }, { sockets: false });

test('a run about one target group reads its health and no other, and opens what is wrong with it', async () => {
  const { audit, lab, store } = await start();
  await audit({ time }, contextOf('run-1'));
  const before = (await store.remember()).findings;
  expect(before).toHaveLength(1);

  await lab.apply(broken);
  lab.calls.length = 0;
  const summary = await audit({ time: later, targetGroups }, contextOf('run-2'));
  expect(summary).toMatchObject({ runId: later, complete: true, changes: { opened: 1 } });
  expect(readIn(lab)).toEqual(targetGroups);
  expect(await store.owed('111122223333/eu-west-1/shop/pod-crashloop')).toMatchObject({ transition: 'opened' });

  const after = (await store.remember()).findings;
  expect(after.filter(({ lastRun }) => lastRun === later)).toMatchObject([
    { status: 'open', targetGroupArns: targetGroups },
  ]);
  expect(after.filter(({ lastRun }) => lastRun !== later)).toEqual(before);
});

test('it waits for no run that is under way, and shuts none out', async () => {
  const { audit, lab, store } = await start();
  await audit({ time }, contextOf('run-1'));
  await lab.apply(broken);
  const whole = await store.acquire('a run that takes minutes', Date.now() + 60_000);
  if (whole === null) throw new Error('no lease');
  expect(await audit({ time: later, targetGroups }, contextOf('run-2'))).toMatchObject({ changes: { opened: 1 } });
  await store.save([], whole);
  await store.release(whole);
  expect(await audit({ time: '2026-11-22T10:05:00Z' }, contextOf('run-3'))).toMatchObject({
    complete: true,
    changes: {},
  });
});

test('before the first run of all it leaves everything to that one', async () => {
  const { audit, lab } = await start();
  expect(await audit({ time, targetGroups }, contextOf('run-1'))).toEqual({
    skipped: 'no run has been yet: the first one reads everything',
  });
  expect(readIn(lab)).toEqual([]);
});

test('a target group that is gone, or whose name says nothing, is no reason to fail', async () => {
  const { audit, lab, store } = await start();
  await audit({ time }, contextOf('run-1'));
  const { findings } = await store.remember();
  lab.calls.length = 0;
  const gone = ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/gone/0123456789abcdef', '<script>'];
  expect(await audit({ time: later, targetGroups: gone }, contextOf('run-2'))).toMatchObject({ changes: {} });
  expect(readIn(lab)).toEqual([]);
  expect((await store.remember()).findings).toEqual(findings);
});

test('a run about single target groups says nothing of runs to CloudWatch, and is none of the whole account', async () => {
  const { audit, lines } = await start();
  await audit({ time }, contextOf('run-1'));
  lines.length = 0;
  await audit({ time: later, targetGroups }, contextOf('run-2'));
  expect(lines.join('')).not.toContain('RunCompleted');
});
