import { expect, test } from 'vitest';
import { emptySurveyMemory } from '../../../core/survey/survey-memory.ts';
import { connect } from '../../../io/aws/clients.ts';
import { survey } from '../../../io/survey/survey.ts';
import { demoWorld } from '../../../lab/demo.ts';
import type { World } from '../../../lab/world/world.ts';
import { callsOf, labSession } from '../lab-session.ts';

const network = '127.61';
const refusing = (...refusals: World['refusals']): World => ({ ...demoWorld({ network }), refusals });
const byArn = <T extends { arn: string }>(list: T[]): T[] => list.toSorted((a, b) => a.arn.localeCompare(b.arn));

test('the inventory is what the account holds', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }));
  const inventory = (await survey(clients, {})).inventory;

  expect(inventory.gaps).toEqual([]);
  expect(inventory).toMatchObject({ account: '111122223333', partition: 'aws', region: 'eu-west-1' });
  expect(inventory.targetGroups.length).toBeGreaterThan(10);
  const plain = <T extends { arn: string; attributes: object }>(list: T[]) =>
    byArn(list).map((each) => ({ ...each, attributes: {}, listenersAt: undefined }));
  expect(plain(inventory.targetGroups)).toEqual(plain(lab.world.targetGroups));
  expect(plain(inventory.loadBalancers)).toEqual(plain(lab.world.loadBalancers));
  expect(byArn(inventory.clusters)).toEqual(byArn(lab.world.clusters.map(({ cluster }) => cluster)));
  expect(new Set(inventory.targetHealth)).toEqual(new Set(lab.world.targetHealth));
});

test('attributes and listeners of target groups are read for all, those of load balancers where some target is not healthy', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }));
  const { targetGroups, loadBalancers, listeners } = (await survey(clients, {})).inventory;

  const failing = new Set(
    lab.world.targetHealth.filter(({ state }) => state !== 'healthy').map(({ targetGroupArn }) => targetGroupArn),
  );
  const restless = lab.world.targetGroups.filter(({ arn }) => failing.has(arn));
  expect(restless.length).toBeGreaterThan(5);
  expect(restless.length).toBeLessThan(lab.world.targetGroups.length);
  const read = targetGroups.filter(({ attributes }) => Object.keys(attributes).length > 0);
  expect(byArn(read)).toEqual(byArn(lab.world.targetGroups));
  expect(byArn(listeners)).toEqual(byArn(lab.world.listeners));
  const balancers = new Set(restless.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  const known = loadBalancers.filter(({ attributes }) => Object.keys(attributes).length > 0);
  expect(byArn(known)).toEqual(
    byArn(lab.world.loadBalancers.filter(({ arn }) => balancers.has(arn))).map((each) => ({
      ...each,
      listenersAt: expect.any(String),
    })),
  );
});

test('when the time ends after the health was read, healthy target groups lack their listeners alone, and a gap shows it', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }));
  const healthRead = (): number => lab.calls.filter(({ action }) => action === 'DescribeTargetHealth').length;
  const all = lab.world.targetGroups.length;
  const turn = {
    memory: emptySurveyMemory(),
    urgent: new Set<string>(),
    // The time is over as soon as the last group was asked for its health.
    get until() {
      return healthRead() < all ? Number.POSITIVE_INFINITY : 0;
    },
  };
  const { gaps, unread, targetHealth } = (await survey(clients, {}, { turn })).inventory;

  expect(unread).toBeUndefined();
  expect(targetHealth).toHaveLength(lab.world.targetHealth.length);
  const failing = new Set(
    lab.world.targetHealth.filter(({ state }) => state !== 'healthy').map(({ targetGroupArn }) => targetGroupArn),
  );
  const quiet = lab.world.targetGroups.filter(({ arn }) => !failing.has(arn));
  expect(gaps.map(({ slice, reason }) => `${slice} ${reason}`)).toEqual(quiet.map(() => 'listeners deferred'));
});

test('every target group is owned by the Service that its tags name', async () => {
  const { clients } = await labSession(demoWorld({ network }));
  const { owners, targetGroups } = (await survey(clients, {})).inventory;

  expect(owners).toHaveLength(targetGroups.length);
  expect(owners).toContainEqual(
    expect.objectContaining({
      cluster: 'shop',
      namespace: 'orders',
      service: 'checkout',
      servicePort: '80',
      by: 'tags',
    }),
  );
});

test('no call is made twice', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }));
  await survey(clients, {});

  const calls = lab.calls.map(({ service, action, parameters }) => JSON.stringify([service, action, parameters]));
  expect(calls.length).toBeGreaterThan(30);
  expect(calls.length).toBe(new Set(calls).size);
});

test('calls are counted by IAM action as the account sees them', async () => {
  const session = await labSession(demoWorld({ network }));
  await survey(session.clients, {});

  const { apiCalls } = session.clients.usage();
  expect(Object.keys(apiCalls)).toContain('elasticloadbalancing:DescribeTargetHealth');
  for (const [action, count] of Object.entries(apiCalls))
    expect([action, count]).toEqual([action, callsOf(session, action)]);
});

test('with clusters named, only they and what may be theirs are read', async () => {
  const session = await labSession(demoWorld({ network }));
  const inventory = (await survey(session.clients, { clusters: ['payments'] })).inventory;

  expect(inventory.clusters.map(({ name }) => name)).toEqual(['payments']);
  expect(inventory.owners.map(({ cluster }) => cluster)).toEqual(inventory.targetGroups.map(() => 'payments'));
  expect(inventory.targetGroups.length).toBeGreaterThan(0);
  expect(callsOf(session, 'elasticloadbalancing:DescribeTargetHealth')).toBe(inventory.targetGroups.length);
});

test('a cluster that does not exist is a gap of that name', async () => {
  const { clients } = await labSession(demoWorld({ network }));
  const { gaps } = (await survey(clients, { clusters: ['shop', 'nowhere'] })).inventory;

  expect(gaps).toEqual([
    expect.objectContaining({ slice: 'clusters', scope: { kind: 'cluster', name: 'nowhere' }, reason: 'invalid' }),
  ]);
});

test('VPCs that were not asked for are left out', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }));
  expect((await survey(clients, { vpcIds: ['vpc-0elsewhere'] })).inventory).toMatchObject({
    clusters: [],
    targetGroups: [],
  });
  const vpcIds = lab.world.vpcs.map(({ id }) => id);
  expect((await survey(clients, { vpcIds })).inventory.targetGroups).toHaveLength(lab.world.targetGroups.length);
});

test('target groups of other kinds of load balancers are left out', async () => {
  const world = demoWorld({ network });
  const [group] = world.targetGroups;
  if (group === undefined) throw new Error('the demo has target groups');
  world.targetGroups.push({ ...group, arn: `${group.arn}0`, name: 'web', protocol: 'HTTP', loadBalancerArns: [] });
  const { clients } = await labSession(world);

  const { targetGroups } = (await survey(clients, {})).inventory;
  expect(targetGroups).toHaveLength(world.targetGroups.length - 1);
});

test('a refused action is one gap with its remedy, is not tried for every target group, and the rest is read', async () => {
  const session = await labSession(
    refusing({ action: 'elasticloadbalancing:DescribeTargetHealth', error: 'AccessDenied' }),
  );
  const { gaps, targetGroups, listeners } = (await survey(session.clients, {})).inventory;

  expect(gaps).toEqual([
    {
      slice: 'targetHealth',
      scope: { kind: 'all' },
      reason: 'denied',
      action: 'elasticloadbalancing:DescribeTargetHealth',
      message: expect.stringContaining('not authorized'),
      remedy: expect.stringContaining('Grant elasticloadbalancing:DescribeTargetHealth'),
    },
  ]);
  expect(listeners.length).toBeGreaterThan(0);
  expect(callsOf(session, 'elasticloadbalancing:DescribeTargetHealth')).toBeLessThan(targetGroups.length);
});

test.each([
  ['eks:ListClusters', 'clusters'],
  ['elasticloadbalancing:DescribeLoadBalancers', 'loadBalancers'],
  ['elasticloadbalancing:DescribeTargetGroups', 'targetGroups'],
  ['elasticloadbalancing:DescribeListeners', 'listeners'],
  ['elasticloadbalancing:DescribeTargetGroupAttributes', 'targetGroups'],
  ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'loadBalancers'],
])('without %s the slice %s has a gap', async (action, slice) => {
  const { clients } = await labSession(refusing({ action, error: 'AccessDenied' }));
  const { gaps, account } = (await survey(clients, {})).inventory;

  expect(gaps).toEqual([expect.objectContaining({ slice, action, scope: { kind: 'all' }, reason: 'denied' })]);
  expect(account).toBe('111122223333');
});

test('a throttled call is repeated and noted', async () => {
  const action = 'elasticloadbalancing:DescribeListeners';
  const { clients } = await labSession(refusing({ action, error: 'Throttling', times: 1 }));
  const { gaps, listeners } = (await survey(clients, {})).inventory;

  expect(gaps).toEqual([]);
  expect(listeners.length).toBeGreaterThan(0);
  expect(clients.usage().throttles).toBe(1);
});

test('a call that stays throttled is a gap of its target group alone', async () => {
  const action = 'elasticloadbalancing:DescribeTargetHealth';
  const world = refusing({ action, error: 'Throttling', times: 3 });
  world.targetGroups = world.targetGroups.slice(0, 1);
  world.targetHealth = world.targetHealth.filter(({ targetGroupArn }) => targetGroupArn === world.targetGroups[0]?.arn);
  const { clients } = await labSession(world);
  const { gaps } = (await survey(clients, {})).inventory;

  expect(gaps).toEqual([
    expect.objectContaining({
      slice: 'targetHealth',
      reason: 'throttled',
      scope: { kind: 'target-group', arn: world.targetGroups[0]?.arn },
    }),
  ]);
});

test('when the time is over, what is left is a gap and nothing more is sent', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }), AbortSignal.abort());
  const { gaps } = (await survey(clients, {})).inventory;

  expect(gaps.map(({ slice, reason }) => [slice, reason])).toEqual([
    ['clusters', 'deadline'],
    ['loadBalancers', 'deadline'],
    ['targetGroups', 'deadline'],
  ]);
  expect(lab.calls).toEqual([]);
});

test('an API that cannot be reached is a gap', async () => {
  const { lab, clients } = await labSession(demoWorld({ network }));
  await lab.close();
  const { gaps } = (await survey(clients, {})).inventory;

  expect(gaps.map(({ slice, reason }) => [slice, reason])).toEqual([
    ['clusters', 'unreachable'],
    ['loadBalancers', 'unreachable'],
    ['targetGroups', 'unreachable'],
  ]);
});

test('missing credentials are no gap but an error', async () => {
  const { clients: _, lab } = await labSession(demoWorld({ network }));
  delete process.env['AWS_ACCESS_KEY_ID'];
  const clients = connect({ callsPerSecond: 1000, signal: new AbortController().signal });
  await expect(survey(clients, {})).rejects.toThrow(/credentials/i);
  expect(lab.calls).toEqual([]);
});
