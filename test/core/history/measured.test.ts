import { expect, test } from 'vitest';
import { measuredOf, sparklineOf } from '../../../core/history/measured.ts';
import type { MetricSeries } from '../../../core/model/metrics/metric-series.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { formatMeasured, textSparkline } from '../../../core/render/measured-words.ts';
import { fail, sampleFacts } from '../sample-facts.ts';
import { minutes, ofBalancer } from './metrics-of.ts';

const failing = () => {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no target group');
  return group;
};
const notesOf = (...metrics: MetricSeries[]) =>
  measuredOf(failing(), [minutes('0000011111111111111111111'), ...metrics])?.notes;
const steady = (count: number) => String(count).repeat(20);

test('a group that was not measured says nothing', () => {
  expect(measuredOf(failing(), [])).toBeUndefined();
  expect(sparklineOf(failing(), [])).toBeUndefined();
});

test('it says since when, and how often before', () => {
  const measured = measuredOf(failing(), [minutes('0100110000001111')]);
  expect(measured).toMatchObject({ since: '2026-11-20T11:56:00Z', spells: [{}, {}] });
  expect(formatMeasured(measured ?? { spells: [], notes: [] })).toEqual([
    'unhealthy since 2026-11-20 11:56 UTC, as CloudWatch counts',
    'unhealthy 2 times before that: 11:45 to 11:46, 11:48 to 11:50 UTC',
  ]);
});

test('a load balancer that fails open sends clients to unhealthy targets', () => {
  expect(notesOf(ofBalancer('UnhealthyRoutingFlowCount', steady(7)))).toEqual([
    'clients are being sent to unhealthy targets now: 35 connections in 5 minutes, because the load balancer fails open',
  ]);
  expect(notesOf(ofBalancer('UnhealthyRoutingFlowCount', '77777770000000'))).toEqual([]);
});

test('what security groups refused is counted by direction', () => {
  expect(
    notesOf(
      ofBalancer('SecurityGroupBlockedFlowCount_Inbound_TCP', steady(2)),
      ofBalancer('SecurityGroupBlockedFlowCount_Outbound_TCP', steady(1)),
    ),
  ).toEqual([
    'the security groups of the load balancer refused 30 connections of clients in 15 minutes',
    'the security groups of the load balancer refused 15 connections to targets in 15 minutes',
  ]);
});

test('resets are a note only where they are many', () => {
  const flows = ofBalancer('NewFlowCount', steady(9));
  expect(notesOf(flows, ofBalancer('TCP_Target_Reset_Count', `${'0'.repeat(15)}10000`))).toEqual([]);
  expect(notesOf(flows, ofBalancer('TCP_Target_Reset_Count', steady(3)))).toEqual([
    'targets sent 45 resets in 15 minutes, in which 135 connections began',
  ]);
});

test('a zone whose nodes alone see it is named', () => {
  const zones = [minutes('00011'), minutes('00000', { zone: 'eu-west-1b' })];
  expect(measuredOf(failing(), zones)?.notes).toEqual([
    "only the load balancer's nodes in eu-west-1a count unhealthy targets",
  ]);
});

test('three hours become sixty bars of three minutes each, as high as the worst minute', () => {
  const sparkline = sparklineOf(failing(), [minutes(`${'0'.repeat(100)}3${'0'.repeat(59)}${'.'.repeat(20)}`)]);
  expect(sparkline).toMatchObject({ minutes: 3, total: 3 });
  expect(sparkline?.unhealthy).toHaveLength(60);
  expect(textSparkline(sparkline ?? { from: '', minutes: 3, unhealthy: [], total: 3 })).toBe(
    `${'▁'.repeat(33)}█${'▁'.repeat(20)}······`,
  );
});
