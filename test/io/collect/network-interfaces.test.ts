import { expect, test } from 'vitest';
import { readNetworkInterfaces } from '../../../io/collect/network-interfaces.ts';
import { shop } from '../../../lab/world/shop.ts';
import { labSession } from '../lab-session.ts';

test('prefixes that are delegated to an interface are read in both families', async () => {
  const world = shop();
  const [first, second] = world.networkInterfaces;
  if (first === undefined || second === undefined) throw new Error('the world has no interfaces');
  first.prefixes = ['10.0.64.16/28', '2001:db8:0:1:a::/80'];
  const { clients } = await labSession(world);
  const read = await readNetworkInterfaces(clients.ec2, first.vpcId);
  expect(read.find(({ id }) => id === first.id)?.prefixes).toEqual(first.prefixes);
  expect(read.find(({ id }) => id === second.id)).not.toHaveProperty('prefixes');
});
