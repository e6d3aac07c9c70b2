import { expect, test } from 'vitest';
import { reconcile } from '../../../lab/controller/reconcile.ts';
import { listenersExchanged } from '../../../lab/scenarios/listeners-exchanged.ts';
import { deleteListener, modifyListener } from '../../../lab/wire/load-balancing/write-load-balancers.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import { targetGroupArnsOf } from '../../../lab/world/target-groups-of.ts';
import type { World } from '../../../lab/world/world.ts';

/** The listener of a Service, and its target group, after they were exchanged with those of another one. */
function partsOf(world: World, name: string) {
  const [arn = ''] = targetGroupArnsOf(world, clusterOf(world, 'shop'), { namespace: 'orders', name });
  const group = world.targetGroups.find((each) => each.arn === arn);
  const listener = world.listeners.find(({ forwards }) =>
    forwards.some(({ targetGroupArn }) => targetGroupArn === arn),
  );
  if (group === undefined || listener === undefined) throw new Error(`orders/${name} has both`);
  return { arn, group, listener };
}

const forwardTo = (arn: string, listenerArn: string) => ({
  ListenerArn: listenerArn,
  'DefaultActions.member.1.Type': 'forward',
  'DefaultActions.member.1.TargetGroupArn': arn,
});

test('a target group that one load balancer has is refused to another one, until no listener there forwards to it', () => {
  const world = listenersExchanged.build();
  const { arn, listener: theirs } = partsOf(world, 'checkout');
  const { listener: ours } = partsOf(world, 'refunds');
  const getBack = () => modifyListener(forwardTo(arn, ours.arn), world);
  expect(getBack).toThrow('cannot be associated with more than one load balancer');
  deleteListener({ ListenerArn: theirs.arn }, world);
  getBack();
  expect(ours.forwards).toEqual([{ targetGroupArn: arn }]);
  expect(world.targetGroups.find((each) => each.arn === arn)?.loadBalancerArns).toEqual([ours.loadBalancerArn]);
});

test('cloud-provider-aws leaves a listener as it is that leads to another target group', () => {
  const [, ccm] = listenersExchanged.variants;
  const world = ccm?.build();
  if (world === undefined) throw new Error('the scenario has a variant with cloud-provider-aws');
  const { arn, group } = partsOf(world, 'checkout');
  const own = world.listeners.find(({ loadBalancerArn }) => loadBalancerArn !== group.loadBalancerArns[0]);
  // Both target groups at one load balancer, as those of two ports are.
  for (const each of world.targetGroups) if (each.arn === arn) each.loadBalancerArns = [own?.loadBalancerArn ?? ''];
  const before = structuredClone(own?.forwards);
  reconcile(world, clusterOf(world, 'shop'));
  expect(world.listeners.find((each) => each.arn === own?.arn)?.forwards).toEqual(before);
});
