import { expect, test } from 'vitest';
import { stopInstance } from '../../../lab/faults/lose-node.ts';
import { settle } from '../../../lab/settle.ts';
import { privateSubnets } from '../../../lab/world/account.ts';
import type { Node } from '../../../lab/world/kubernetes-object.ts';
import { moveToFargate } from '../../../lab/world/network/fargate.ts';
import { instanceIdOf } from '../../../lab/world/network/node.ts';
import { addNodeGroup } from '../../../lab/world/network/node-group.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, lookAgain, oneService, pods, service, states } from './one-service.ts';

const nodes = (world: World) => objectsOf(cluster(world), 'Node');
const first = (world: World): Node => {
  const [node] = nodes(world);
  if (node === undefined) throw new Error('no node');
  return node;
};
const registered = (world: World) => world.targetHealth.filter(({ state }) => state !== 'draining').map(({ id }) => id);
const others = (world: World) => nodes(world).slice(1).map(instanceIdOf);

test.each([
  ['node.kubernetes.io/exclude-from-external-load-balancers', 'false'],
  ['alpha.service-controller.kubernetes.io/exclude-balancer', 'true'],
  ['node-role.kubernetes.io/master', ''],
])('the label %s keeps a node out, whatever its value', (label, value) => {
  const world = oneService();
  first(world).metadata.labels[label] = value;
  expect(registered(settle(world))).toEqual(others(world));
});

test('cloud-provider-aws reads the value of the label of today, and knows no older one', () => {
  const [exclude, role] = ['node.kubernetes.io/exclude-from-external-load-balancers', 'node-role.kubernetes.io/master'];
  const registeredWith = (label: string, value: string) => {
    const world = oneService({ controller: 'ccm' });
    first(world).metadata.labels[label] = value;
    return registered(settle(world)).length;
  };
  expect([registeredWith(exclude, ''), registeredWith(exclude, 'true')]).toEqual([2, 2]);
  expect([registeredWith(exclude, 'false'), registeredWith(exclude, '0'), registeredWith(role, '')]).toEqual([3, 3, 3]);
});

test.each(['ToBeDeletedByClusterAutoscaler', 'karpenter.sh/disrupted'])(
  'the AWS Load Balancer Controller deregisters a node with the taint %s, cloud-provider-aws does not',
  (key) => {
    const taints = [{ key, effect: 'NoSchedule' }];
    const lbc = oneService();
    first(lbc).spec.taints = taints;
    expect(registered(settle(lbc))).toEqual(others(lbc));
    const ccm = oneService({ controller: 'ccm' });
    first(ccm).spec.taints = taints;
    expect(registered(settle(ccm))).toHaveLength(3);
  },
);

test('target-node-labels narrows the nodes, and shows in the binding', () => {
  const world = oneService();
  first(world).metadata.labels['tier'] = 'edge';
  service(world).metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels'] = 'tier=edge';
  const narrow = settle(world);
  expect(registered(narrow)).toEqual([instanceIdOf(first(world))]);
  expect(objectsOf(cluster(narrow), 'TargetGroupBinding')[0]?.spec.nodeSelector).toEqual({
    matchLabels: { tier: 'edge' },
  });
});

test('a new node group brings no targets to Services that are there by now', () => {
  const world = oneService();
  const before = registered(world);
  expect(addNodeGroup(world, cluster(world), { name: 'extra' })).toHaveLength(3);
  expect(nodes(world)).toHaveLength(6);
  expect(registered(settle(world))).toEqual(before);
});

test('pods on Fargate are ip targets, their nodes never instance targets', () => {
  const instances = oneService();
  const ips = oneService({ targetType: 'ip' });
  for (const world of [instances, ips]) {
    for (const pod of pods(world)) moveToFargate(world, cluster(world), pod);
  }
  expect(registered(settle(instances))).toEqual(nodes(instances).slice(0, 3).map(instanceIdOf));
  expect(states(settle(instances))).toEqual(['healthy', 'healthy', 'healthy']);
  const moved = settle(ips);
  expect(registered(moved)).toEqual(pods(moved).map(({ status }) => status.podIP));
});

test.each([
  ['m3.large', 'InvalidTarget'],
  ['m6i.large', undefined],
])('instances of type %s', (type, error) => {
  const world = oneService();
  world.registrations = [];
  for (const instance of world.instances) instance.type = type;
  const asked = settle(lookAgain(world));
  const notes = objectsOf(cluster(asked), 'Event').map((event): string => event['message']);
  expect(asked.targetHealth).toHaveLength(error === undefined ? 3 : 0);
  expect(notes.some((note) => note.includes('InvalidTarget'))).toBe(error !== undefined);
});

test('more targets than the quota are refused as a whole', () => {
  const world = oneService();
  world.registrations = [];
  world.targetsPerTargetGroup = 2;
  const asked = settle(lookAgain(world));
  expect(asked.targetHealth).toEqual([]);
  expect(objectsOf(cluster(asked), 'Event').map((event) => event['message'])).toContainEqual(
    expect.stringContaining('TooManyTargets'),
  );
});

test('a load balancer in two zones leaves the targets of the third unused', () => {
  const ids = privateSubnets(oneService())
    .slice(0, 2)
    .map(({ id }) => id);
  const world = oneService({
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-subnets': ids.join(',') },
  });
  expect(world.loadBalancers[0]?.zones.map(({ subnetId }) => subnetId)).toEqual(ids);
  expect(states(world)).toEqual(['healthy', 'healthy', 'unused']);
});

test('what Elastic Load Balancing says of a target that it does not check', () => {
  const world = oneService({ controller: 'ccm' });
  stopInstance(world, cluster(world), first(world));
  expect(settle(world).targetHealth[0]).toMatchObject({ state: 'unused', reason: 'Target.InvalidState' });

  const unknown = oneService();
  unknown.healthUnavailable = unknown.targetGroups.map(({ arn }) => arn);
  expect(settle(unknown).targetHealth[0]).toMatchObject({ state: 'unavailable', reason: 'Elb.InternalError' });

  const failed = oneService();
  for (const loadBalancer of failed.loadBalancers) loadBalancer.state = 'failed';
  expect(settle(failed).targetHealth[0]).toMatchObject({ state: 'initial', reason: 'Elb.RegistrationInProgress' });
});
