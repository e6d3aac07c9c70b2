import { expect, test } from 'vitest';
import type { MetricQuery, MetricsWanted } from '../../../core/history/metric-queries.ts';
import { unhealthySince } from '../../../core/history/unhealthy-minutes.ts';
import { readMetrics } from '../../../io/history/metrics.ts';
import { observe } from '../../../io/observe.ts';
import { hcPathWrongStatus } from '../../../lab/scenarios/hc-path-wrong-status.ts';
import { before, day, hour, minute } from '../../../lab/world/moment.ts';
import type { Past, World } from '../../../lab/world/world.ts';
import { thisSecond } from '../../scenarios/audit-world.ts';
import { callsOf, labSession } from '../lab-session.ts';

const worldSince = (secondsAgo: number, change: (world: World, past: Past) => void = () => undefined): World => {
  const world = hcPathWrongStatus.build({ network: '127.76', now: thisSecond() });
  const past: Past = { struckAt: before(world.now, secondsAgo) };
  change(world, past);
  return { ...world, past };
};

async function observed(world: World, metrics: MetricsWanted, urgent: string[] = []) {
  const session = await labSession(world);
  const past = { metrics, changes: 'off' as const, flowLogs: 'off' as const, urgent: new Set(urgent) };
  const { facts } = await observe(session.clients, { probe: false, ownAddresses: [], past });
  const [first] = facts;
  if (first === undefined) throw new Error('no facts');
  return { ...session, facts, first, calls: callsOf(session, 'monitoring:GetMetricData') };
}

const failing = ({ first }: Awaited<ReturnType<typeof observed>>) => {
  const arn = first.slices.targetHealth.find(({ state }) => state === 'unhealthy')?.targetGroupArn;
  const targetGroup = first.slices.targetGroups.find((group) => group.arn === arn);
  if (targetGroup === undefined) throw new Error('nothing fails');
  return { targetGroup };
};

test('where it is off not a single call is made, and no slice has anything', async () => {
  const { lab, first } = await observed(worldSince(30 * minute), 'off');
  expect(lab.calls.filter(({ service }) => service === 'monitoring')).toEqual([]);
  expect(first.slices.metrics).toEqual([]);
});

test('one call reads the minutes of the group with a finding and of its load balancer', async () => {
  const seen = await observed(worldSince(30 * minute), 'findings');
  expect(seen.calls).toBe(1);
  expect(new Set(seen.first.slices.metrics.flatMap(({ targetGroupArn }) => targetGroupArn ?? []))).toEqual(
    new Set([failing(seen).targetGroup.arn]),
  );
  expect(seen.first.gaps.filter(({ slice }) => slice === 'metrics')).toEqual([]);
});

test('all groups are read where that is configured', async () => {
  const { first } = await observed(worldSince(30 * minute), 'all');
  const measured = new Set(first.slices.metrics.flatMap(({ targetGroupArn }) => targetGroupArn ?? []));
  expect(measured).toEqual(new Set(first.slices.targetGroups.map(({ arn }) => arn)));
});

test('a group that memory knows of is read although it is healthy', async () => {
  const [healthy = ''] = worldSince(0).targetHealth.flatMap(({ state, targetGroupArn }) =>
    state === 'healthy' ? targetGroupArn : [],
  );
  const { first } = await observed(worldSince(30 * minute), 'findings', [healthy]);
  expect(first.slices.metrics.some(({ targetGroupArn }) => targetGroupArn === healthy)).toBe(true);
});

test.each([
  ['half an hour', 30 * minute, 1],
  ['a day, two hours and seven minutes', day + 2 * hour + 7 * minute, 3],
])('the beginning is found to the minute, %s ago', async (_name, secondsAgo, calls) => {
  const world = worldSince(secondsAgo);
  const seen = await observed(world, 'findings');
  const struck = Date.parse(world.past?.struckAt ?? '');
  const first = new Date(Math.ceil(struck / 60_000) * 60_000).toISOString().replace('.000', '');
  expect(unhealthySince(failing(seen), seen.first.slices.metrics)).toEqual({ at: first, isAtLeast: false });
  expect(seen.calls).toBe(calls);
});

test('what is older than CloudWatch is asked for has at least that age', async () => {
  const seen = await observed(worldSince(20 * day), 'findings');
  expect(unhealthySince(failing(seen), seen.first.slices.metrics)).toMatchObject({ isAtLeast: true });
  expect(seen.calls).toBe(2);
});

test('a refused read is a gap that names what to grant, and the rest of the run is as it was', async () => {
  const world = worldSince(30 * minute);
  world.refusals.push({ action: 'cloudwatch:GetMetricData', error: 'AccessDenied' });
  const { first } = await observed(world, 'all');
  expect(first.slices.metrics).toEqual([]);
  expect(first.gaps.filter(({ slice }) => slice === 'metrics')).toEqual([
    expect.objectContaining({
      reason: 'denied',
      action: 'cloudwatch:GetMetricData',
      remedy: expect.stringContaining('Grant cloudwatch:GetMetricData'),
    }),
  ]);
});

test('a call asks for at most 500 metrics', async () => {
  const world = worldSince(30 * minute);
  const session = await labSession(world);
  const [{ arn: loadBalancerArn } = { arn: '' }] = world.loadBalancers;
  const query: MetricQuery = { loadBalancerArn, metric: 'NewFlowCount', statistic: 'Sum' };
  const to = Math.floor(Date.parse(world.now) / 60_000) * 60_000;
  const stretch = { from: to - 180 * 60_000, to, period: 60 };
  const series = await readMetrics(
    await session.clients.cloudWatch(),
    Array.from({ length: 700 }, () => query),
    stretch,
  );
  expect(series).toHaveLength(700);
  expect(new Set(series.map(({ values }) => values.length))).toEqual(new Set([180]));
  expect(session.lab.calls.map(({ parameters }) => (parameters['MetricDataQueries'] as unknown[]).length)).toEqual([
    500, 200,
  ]);
});
