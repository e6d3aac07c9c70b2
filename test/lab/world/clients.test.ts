import { expect, test } from 'vitest';
import { frontDoors } from '../../../lab/physics/clients.ts';
import { settle } from '../../../lab/settle.ts';
import { nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, oneService } from './one-service.ts';

const ranges = ['203.0.113.0/24'];
const served = (world: World): string[] =>
  frontDoors(world).flatMap(({ backends }) => backends.map(({ behaviour }) => behaviour?.kind ?? 'refused'));

/** Rules for nodes that name a range, moved to another one. */
function move(world: World, to: string): World {
  for (const rule of nodeSecurityGroup(world, cluster(world)).rules) {
    if (rule.cidrIpv4 === ranges[0]) rule.cidrIpv4 = to;
  }
  return settle(world, { reconcile: false });
}

test.each(['Cluster', 'Local'] as const)(
  'clients come from their own addresses where these are preserved: %s',
  (policy) => {
    const world = oneService({
      targetType: 'instance',
      controller: 'ccm',
      externalTrafficPolicy: policy,
      loadBalancerSourceRanges: ranges,
    });
    expect(served(world)).toEqual(['http', 'http', 'http']);
    expect(served(move(world, '192.0.2.0/24'))).toEqual(['silent', 'silent', 'silent']);
  },
);

test('clients come from the load balancer where their addresses are not preserved', () => {
  const world = oneService({
    targetType: 'instance',
    controller: 'ccm',
    externalTrafficPolicy: 'Local',
    loadBalancerSourceRanges: ranges,
  });
  for (const { attributes } of world.targetGroups) attributes['preserve_client_ip.enabled'] = 'false';
  expect(served(settle(world, { reconcile: false }))).not.toContain('http');
});
