import { expect, test } from 'vitest';
import { missingTargetsOf } from '../../../core/controllers/missing-targets.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { standInAccount } from '../../../scripts/bench/stand-in/account.ts';
import { bigCluster } from '../../../scripts/bench/stand-in/shape.ts';

test('nodes that are registered are not asked whether they should be', () => {
  const { facts } = standInAccount(bigCluster(12));
  const [first] = facts;
  if (first === undefined) throw new Error('no facts');
  const asked: string[] = [];
  const nodes = first.slices.nodes.map((node) => ({
    ...node,
    get status() {
      asked.push(node.metadata.name);
      return node.status;
    },
  }));
  const whole = groupsOf(first).filter(
    ({ targetGroup, targets }) => targetGroup.targetType === 'instance' && targets.length === nodes.length,
  );
  expect(whole.length).toBeGreaterThan(0);
  for (const group of whole) expect(missingTargetsOf(group, { ...first.slices, nodes })).toEqual([]);
  expect(asked).toEqual([]);
});
