import { expect, test } from 'vitest';
import type { Gap } from '../../../core/model/gap.ts';
import { kindsOfGaps } from '../../../core/render/gap-kinds.ts';
import { unreadItems } from '../../../core/render/unread-items.ts';

const unsent = (index: number): Gap => ({
  slice: 'probes',
  scope: { kind: 'target', targetGroupArn: 'arn', id: `10.0.0.${index}`, port: 80 },
  reason: 'deadline',
  action: 'probe health-check',
  message: `the probe of 10.0.0.${index} could not be sent`,
  remedy: 'Give the run more time.',
});

const denied = (slice: Gap['slice'], cluster: string): Gap => ({
  slice,
  scope: { kind: 'cluster', name: cluster },
  reason: 'denied',
  action: `list ${slice}`,
  message: 'forbidden',
  remedy: 'Grant it.',
});

test('25,000 gaps of one kind are one line, which counts them', () => {
  const gaps = Array.from({ length: 25_000 }, (_, index) => unsent(index));
  expect(kindsOfGaps(gaps).map(({ example, gaps: { length } }) => [example, length])).toEqual([[gaps[0], 25_000]]);
  expect(unreadItems(gaps)).toEqual([
    {
      reason: 'deadline',
      what: 'probes of 10.0.0.0:80, 10.0.0.1:80, 10.0.0.2:80 and 24997 more',
      detail: 'the probe of 10.0.0.0 could not be sent. Give the run more time. (24999 more answers of this kind)',
    },
  ]);
});

test('gaps with the same answer name every cluster that gave it, and a few different answers stay apart', () => {
  const gaps = [denied('pods', 'shop'), denied('nodes', 'shop'), denied('pods', 'web'), unsent(1), unsent(2)];
  expect(unreadItems(gaps).map(({ what }) => what)).toEqual([
    'pods, nodes of shop, web',
    'probes of 10.0.0.1:80',
    'probes of 10.0.0.2:80',
  ]);
});
