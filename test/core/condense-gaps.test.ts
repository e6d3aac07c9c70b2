import { expect, test } from 'vitest';
import { condenseGaps } from '../../core/condense-gaps.ts';
import type { Gap } from '../../core/model/gap.ts';
import { unreadItems } from '../../core/render/unread-items.ts';
import { groupArn } from './sample-report.ts';

const unsent = (index: number): Gap => ({
  slice: 'probes',
  scope: { kind: 'target', targetGroupArn: groupArn(`web-${index % 7}`), id: `10.0.0.${index}`, port: 80 },
  reason: 'deadline',
  action: 'probe traffic',
  message: 'the time for this read was over',
  remedy: 'Give the run more time.',
});
const many = Array.from({ length: 200 }, (_, index) => unsent(index));

test('many gaps of one kind are one that counts them and names their target groups', () => {
  const [gap, ...more] = condenseGaps(many);
  expect(more).toEqual([]);
  expect(gap?.scope).toEqual({
    kind: 'several',
    count: 200,
    targetGroupArns: Array.from({ length: 7 }, (_, index) => groupArn(`web-${index}`)),
  });
  expect(unreadItems(gap === undefined ? [] : [gap])).toMatchObject([{ what: 'probes of 200 targets' }]);
});

test('few stay as they are, and so does what hides a cluster or everything', () => {
  const [first] = many;
  if (first === undefined) throw new Error('no gap');
  const wide = Array.from(
    { length: 50 },
    (_, index): Gap => ({ ...first, scope: { kind: 'cluster', name: `c-${index}` } }),
  );
  expect(condenseGaps([...many.slice(0, 20), ...wide])).toEqual([...many.slice(0, 20), ...wide]);
});
