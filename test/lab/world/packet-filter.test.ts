import { expect, test } from 'vitest';
import type { NetworkAclEntry } from '../../../core/model/aws.ts';
import { settle } from '../../../lab/settle.ts';
import { nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, lookAgain, meets, oneService, pods, states } from './one-service.ts';

const ipService = () => oneService({ targetType: 'ip' });
const asItIs = (world: World) => settle(world, { reconcile: false });
const firstPodAddress = (world: World): string => pods(world)[0]?.status.podIP ?? '';

test('without the load balancer rule all targets are unhealthy, and the prober still gets through by its own', () => {
  const world = ipService();
  const group = nodeSecurityGroup(world, cluster(world));
  group.rules = group.rules.filter(({ description }) => description !== 'elbv2.k8s.aws/targetGroupBinding=shared');
  const closed = asItIs(world);
  expect(states(closed)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  expect(meets(closed, firstPodAddress(closed), 8080)).toMatchObject({ kind: 'http' });
});

test('a controller writes a rule back that others removed only when it looks at the binding again', () => {
  const world = ipService();
  const group = nodeSecurityGroup(world, cluster(world));
  group.rules = group.rules.filter(({ description }) => description !== 'elbv2.k8s.aws/targetGroupBinding=shared');
  const skipped = settle(asItIs(world));
  expect(states(skipped)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  expect(states(settle(lookAgain(skipped)))).toEqual(['healthy', 'healthy', 'healthy']);
});

test('without the prober rule the prober meets silence, and the targets stay healthy', () => {
  const world = ipService();
  const group = nodeSecurityGroup(world, cluster(world));
  group.rules = group.rules.filter(({ referencedGroupId }) => referencedGroupId !== world.prober.securityGroupId);
  const closed = asItIs(world);
  expect(states(closed)).toEqual(['healthy', 'healthy', 'healthy']);
  expect(meets(closed, firstPodAddress(closed), 8080)).toEqual({ kind: 'silent' });
});

test('health checks need the egress of the load balancer, but not its ingress', () => {
  const noIngress = ipService();
  const frontend = noIngress.securityGroups.filter(({ name }) => name.startsWith('k8s-'));
  expect(frontend).toHaveLength(2);
  for (const group of frontend) group.rules = group.rules.filter(({ egress }) => egress);
  expect(states(asItIs(noIngress))).toEqual(['healthy', 'healthy', 'healthy']);

  const noEgress = ipService();
  for (const group of noEgress.securityGroups) {
    if (group.name.startsWith('k8s-')) group.rules = group.rules.filter(({ egress }) => !egress);
  }
  expect(states(asItIs(noEgress))).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
});

test('a network ACL that denies the answers makes targets unhealthy, and only across subnets', () => {
  const world = ipService();
  const deny: NetworkAclEntry = {
    egress: true,
    ruleNumber: 50,
    protocol: '6',
    action: 'deny',
    cidr: '127.20.0.0/16',
    fromPort: 1024,
    toPort: 65535,
  };
  world.networkAcls[0]?.entries.push(deny);
  // One of three load balancer nodes shares each target's subnet: two of three disagree.
  expect(states(asItIs(world))).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);

  world.networkAcls[0]?.entries.push({ ...deny, ruleNumber: 40, action: 'allow' });
  expect(states(asItIs(world))).toEqual(['healthy', 'healthy', 'healthy']);
});

test('under Cluster a node that may not reach the pods of others forwards into silence, and serves its own', () => {
  const world = oneService({}, { replicas: 1 });
  const group = nodeSecurityGroup(world, cluster(world));
  group.rules = group.rules.filter(({ referencedGroupId }) => referencedGroupId !== group.id);
  expect(states(asItIs(world))).toEqual(['healthy', 'unhealthy', 'unhealthy']);
});

test('a stopped instance is unused, and nothing answers there', () => {
  const world = oneService();
  const [instance] = world.instances;
  if (instance === undefined) throw new Error('no instance');
  instance.state = 'stopped';
  const stopped = asItIs(world);
  expect(stopped.targetHealth[0]).toMatchObject({ state: 'unused', reason: 'Target.InvalidState' });
  expect(meets(stopped, instance.privateIp ?? '', stopped.targetHealth[0]?.port ?? 0)).toEqual({ kind: 'silent' });
});
