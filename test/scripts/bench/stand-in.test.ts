import { expect, test } from 'vitest';
import { growthOf } from '../../../scripts/bench/growth.ts';
import { standInAccount } from '../../../scripts/bench/stand-in/account.ts';
import { bigAccount } from '../../../scripts/bench/stand-in/shape.ts';

const small = { ...bigAccount, clusters: 3, clustersPerVpc: 2 };

test('the same shape gives the same account, and a larger one begins with the smaller', () => {
  const { facts } = standInAccount(small);
  expect(standInAccount(small).facts).toEqual(facts);
  const [first] = standInAccount({ ...small, clusters: 6 }).facts;
  expect(first?.slices.pods).toEqual(facts[0]?.slices.pods);
});

test('target groups, targets, nodes and pods are as many as the shape says, every fault is there, and no two objects share an id', () => {
  const { inventory, facts } = standInAccount({ ...small, clusters: 8 });
  const pods = facts.flatMap(({ slices }) => slices.pods);
  expect(inventory.targetGroups).toHaveLength(8 * 15);
  expect(inventory.targetHealth).toHaveLength(8 * (8 * 14 + 7 * 56));
  expect(pods).toHaveLength(8 * (15 * 14 + 2 * 56));
  expect(new Set(pods.map(({ metadata }) => metadata.uid)).size).toBe(pods.length);
  const interfaces = new Set(facts.flatMap(({ slices }) => slices.networkInterfaces.map(({ id }) => id)));
  expect(interfaces.size).toBe(8 * (56 * 2 + 15 * 3));
  const failing = inventory.targetGroups.filter(({ arn }) =>
    inventory.targetHealth.some(({ targetGroupArn, state }) => targetGroupArn === arn && state !== 'healthy'),
  );
  expect(failing).toHaveLength((8 * 15) / 4);
});

test('clusters of one VPC share its slices, and others do not', () => {
  const [one, two, three] = standInAccount(small).facts;
  expect(two?.slices.networkInterfaces).toBe(one?.slices.networkInterfaces);
  expect(three?.slices.networkInterfaces).not.toBe(one?.slices.networkInterfaces);
});

test('growth is 1 where twice the work takes twice as long, and 2 where it takes four times as long', () => {
  expect(growthOf([1, 2, 4, 8])).toEqual({ ratios: [2, 2, 2], exponent: 1 });
  expect(growthOf([1, 4, 16])).toEqual({ ratios: [4, 4], exponent: 2 });
});
