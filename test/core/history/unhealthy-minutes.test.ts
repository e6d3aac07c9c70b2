import { expect, test } from 'vitest';
import { isOlderThanRead, spellsOf, unhealthySince } from '../../../core/history/unhealthy-minutes.ts';
import type { MetricSeries } from '../../../core/model/metrics/metric-series.ts';
import { sampleFacts } from '../sample-facts.ts';
import { minutes } from './metrics-of.ts';

const [targetGroup] = sampleFacts().slices.targetGroups;
if (targetGroup === undefined) throw new Error('no target group');
const group = { targetGroup };

test('a spell begins with the first unhealthy minute of any zone and ends with the first minute without one', () => {
  const zones = [
    minutes('0001200000'),
    minutes('0000110000', { zone: 'eu-west-1b' }),
    minutes('0000000000', { zone: 'eu-west-1c' }),
  ];
  expect(spellsOf(group, zones)).toEqual([
    { from: '2026-11-20T11:53:00Z', to: '2026-11-20T11:56:00Z', most: 2, zones: ['eu-west-1a', 'eu-west-1b'] },
  ]);
  expect(unhealthySince(group, zones)).toBeUndefined();
});

test('a minute that CloudWatch lacks ends no spell, and so the last minutes, which come late', () => {
  expect(spellsOf(group, [minutes('0011.1100')])).toHaveLength(1);
  expect(unhealthySince(group, [minutes('00111111..')])).toEqual({ at: '2026-11-20T11:52:00Z', isAtLeast: false });
});

test('a spell is over where no data point comes any more', () => {
  expect(spellsOf(group, [minutes('0111......')])).toMatchObject([{ to: '2026-11-20T11:54:00Z' }]);
});

test('flapping shows as several spells', () => {
  expect(spellsOf(group, [minutes('0101010')]).map(({ to }) => to === null)).toEqual([false, false, false]);
});

test('what lasts longer than the minutes read began at least then', () => {
  const recent = minutes('1'.repeat(180));
  expect(isOlderThanRead(group, [recent])).toBe(true);
  expect(isOlderThanRead(group, [minutes(`0${'1'.repeat(179)}`)])).toBe(false);
  expect(unhealthySince(group, [recent])).toEqual({ at: '2026-11-20T09:00:00Z', isAtLeast: true });
});

const hours = (row: string): MetricSeries => {
  const values = [...row].map((each) => (each === '.' ? null : Number(each)));
  const from = new Date(Date.parse('2026-11-20T10:00:00Z') - values.length * 3_600_000).toISOString();
  return { ...minutes(''), from: from.replace('.000', ''), period: 3600, values };
};

test('it is followed back by hours, and to the minute by those of the hour in which it began', () => {
  const began = { ...minutes('0'.repeat(42) + '1'.repeat(18)), from: '2026-11-20T04:00:00Z' };
  const series = [minutes('1'.repeat(180)), hours('000000011111'), began];
  expect(unhealthySince(group, series)).toEqual({ at: '2026-11-20T04:42:00Z', isAtLeast: false });
});

test('what began with an hour began in its first minute', () => {
  const before = { ...minutes('0'.repeat(60)), from: '2026-11-20T04:00:00Z' };
  const series = [minutes('1'.repeat(180)), hours('000000011111'), before];
  expect(unhealthySince(group, series)).toEqual({ at: '2026-11-20T05:00:00Z', isAtLeast: false });
});

test('where every hour was unhealthy it is older than CloudWatch was asked for', () => {
  expect(unhealthySince(group, [minutes('1'.repeat(180)), hours('1'.repeat(24))])).toEqual({
    at: '2026-11-19T10:00:00Z',
    isAtLeast: true,
  });
});

test('a target group that was unhealthy from its first data point on began then', () => {
  const series = [
    minutes('.'.repeat(20) + '1'.repeat(160)),
    hours('.......'),
    { ...minutes('.'.repeat(60)), from: '2026-11-20T09:00:00Z' },
  ];
  expect(unhealthySince(group, series)).toEqual({ at: '2026-11-20T09:20:00Z', isAtLeast: false });
});
