import { expect, test } from 'vitest';
import { moveToPort } from '../../../lab/faults/move-to-port.ts';
import { replacePods } from '../../../lab/faults/scale.ts';
import { stopController, uninstallController } from '../../../lab/faults/stop-controller.ts';
import { settle } from '../../../lab/settle.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster, nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import { addClusterIpService } from '../../../lab/world/cluster-ip-service.ts';
import type { BindingNetworking, Kinds } from '../../../lab/world/kubernetes-object.ts';
import { objectOf, objectsOf } from '../../../lab/world/object.ts';
import { addOwnTargetGroup } from '../../../lab/world/own-target-group.ts';
import { addWorkload } from '../../../lab/world/pod/workload.ts';
import type { ControllerFailure, World } from '../../../lab/world/world.ts';
import { cluster, oneService, place, pods, service, states } from './one-service.ts';

const fails = (world: World, call: ControllerFailure['call'], message = 'refused'): void => {
  cluster(world).controllerFailures = [{ call, message }];
};
const warnings = (world: World): string[] =>
  objectsOf(cluster(world), 'Event')
    .filter(({ type }) => type === 'Warning')
    .map((event) => `${event.involvedObject.kind} ${event['reason']}: ${event['message']}`);
const admitted = (world: World): [number, number][] =>
  nodeSecurityGroup(world, cluster(world))
    .rules.filter(({ description }) => description?.startsWith('elbv2.k8s.aws/targetGroupBinding'))
    .map(({ fromPort, toPort }) => [fromPort, toPort]);
const addresses = (world: World): string[] => world.targetHealth.map(({ id }) => id);
const targets = (world: World): string[] => world.targetHealth.map(({ id, port }) => `${id}:${port}`);

test('EKS Auto Mode tags and binds in its own words, and leaves the Service alone where it is off', () => {
  const auto = { controller: 'auto', targetType: 'ip' } as const;
  const world = oneService(auto);
  expect(world.loadBalancers).toEqual([]);
  cluster(world).cluster.autoModeLoadBalancing = true;
  const on = settle(world);
  expect(on.targetGroups[0]).toMatchObject({
    targetType: 'ip',
    tags: {
      'eks:eks-cluster-name': 'test',
      'service.eks.amazonaws.com/stack': 'shop/web',
      'service.eks.amazonaws.com/resource': 'shop/web:80',
    },
  });
  expect(objectsOf(cluster(on), 'TargetGroupBinding')).toMatchObject([{ apiVersion: 'eks.amazonaws.com/v1' }]);
  expect(states(on)).toEqual(['healthy', 'healthy', 'healthy']);
});

test('a rule that may not be written stays as it was, and pods are registered all the same', () => {
  const world = oneService({ targetType: 'ip' });
  expect(admitted(world)).toEqual([[8080, 8080]]);
  fails(world, 'AuthorizeSecurityGroupIngress');
  moveToPort(cluster(world), place, 3000);
  const after = settle(world);
  expect(admitted(after)).toEqual([[8080, 8080]]);
  expect(after.targetHealth.map(({ port, state }) => `${port} ${state}`)).toEqual(Array(3).fill('3000 unhealthy'));
  expect(warnings(after)).toEqual(['TargetGroupBinding FailedNetworkReconcile: refused']);
});

test('instances whose rule may not be written stay registered at their old port', () => {
  const world = oneService();
  const before = targets(world);
  fails(world, 'AuthorizeSecurityGroupIngress');
  for (const port of service(world).spec.ports) port.nodePort = 31999;
  const after = settle(world);
  expect(before).toHaveLength(3);
  expect(targets(after)).toEqual(before);
  expect(states(after)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  expect(warnings(after)).toEqual(['TargetGroupBinding FailedReconcile: Failed reconcile due to refused']);
});

test('calls that are throttled leave the targets of before', () => {
  const world = oneService({ targetType: 'ip' });
  fails(world, 'RegisterTargets', 'Throttling: Rate exceeded');
  expect(warnings(settle(world))).toEqual([]);
  replacePods(world, cluster(world), objectOf(cluster(world), 'Deployment', place));
  const after = settle(world);
  expect(addresses(after)).toEqual(addresses(world));
  expect(states(after)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  expect(warnings(after)).toEqual([
    'TargetGroupBinding FailedReconcile: Failed reconcile due to Throttling: Rate exceeded',
  ]);
});

test('a binding that cannot be stored leaves the new target group empty', () => {
  const world = oneService({ targetType: 'instance' });
  fails(world, 'create targetgroupbindings', 'failed calling webhook');
  service(world).metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'] = 'ip';
  const after = settle(world);
  expect(after.targetGroups).toHaveLength(1);
  expect(addresses(after)).toEqual([]);
  expect(warnings(after)).toEqual(['Service FailedDeployModel: Failed deploy model due to failed calling webhook']);
});

test.each([
  [
    'a subnet that is not there',
    { subnets: 'private-eu-west-1d' },
    "couldn't find all subnets, missing names: [private-eu-west-1d]",
  ],
  [
    'attributes without an equals sign',
    { 'target-group-attributes': 'stickiness.enabled' },
    'failed to parse stringMap',
  ],
])('%s stops the controller before the health check', (_name, asked, message) => {
  const world = oneService({ healthCheck: { path: '/old', protocol: 'http' } });
  const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
  Object.assign(
    service(world).metadata.annotations,
    Object.fromEntries(Object.entries(asked).map(([name, value]) => [prefix + name, value])),
    { [`${prefix}healthcheck-path`]: '/new' },
  );
  const after = settle(world);
  expect(after.targetGroups[0]?.healthCheck.path).toBe('/old');
  expect(warnings(after)).toEqual([expect.stringContaining(message)]);
});

test('without NodePort the nodes are removed and cannot come back', () => {
  const world = oneService();
  service(world).spec.allocateLoadBalancerNodePorts = false;
  for (const port of service(world).spec.ports) delete port.nodePort;
  const after = settle(world);
  expect(addresses(after)).toEqual([]);
  expect(warnings(after)).toEqual([
    expect.stringContaining('Service FailedBuildModel: Failed build model due to unable to support instance'),
    expect.stringContaining('TargetGroupBinding FailedReconcile: Failed reconcile due to operation error'),
  ]);
});

test('a QUIC group takes only pods with a server id', () => {
  const quic = {
    targetType: 'ip',
    ports: [{ name: 'quic', protocol: 'UDP', port: 443, targetPort: 8080 }],
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-quic-enabled-ports': '443' },
  } as const;
  const world = oneService({ ...quic, ports: [...quic.ports] });
  expect(world.targetGroups[0]?.protocol).toBe('QUIC');
  expect(addresses(world)).toEqual([]);
  const [first] = pods(world);
  if (first === undefined) throw new Error('no pod');
  first.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers'] = 'web';
  first.spec.containers[0].env?.push({ name: 'AWS_LBC_QUIC_SERVER_ID', value: 'AAAAAAAAAAA=' });
  expect(addresses(settle(world))).toEqual([first.status.podIP]);
});

const ownWorld = (networking?: (groupID: string) => BindingNetworking): World => {
  const world = buildAccount();
  const own = addCluster(world, { name: 'test' });
  addWorkload(world, own, place);
  addClusterIpService(world, own, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  addOwnTargetGroup(world, own, {
    place,
    servicePort: 'http',
    targetType: 'ip',
    port: 8080,
    listenerPort: 80,
    ...(networking && { networking }),
  });
  return settle(world);
};
const open = (groupID: string): BindingNetworking => ({
  ingress: [{ from: [{ securityGroup: { groupID } }], ports: [{ port: 8080, protocol: 'TCP' }] }],
});

test('a hand-made binding is served, and opens what its networking lists', () => {
  const world = ownWorld(open);
  expect(admitted(world)).toEqual([[8080, 8080]]);
  expect(states(world)).toEqual(['healthy', 'healthy', 'healthy']);
});

test('a hand-made binding without networking opens nothing', () => {
  const world = ownWorld();
  expect(admitted(world)).toEqual([]);
  expect(states(world)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
});

test('a hand-made binding whose port is gone loses its targets', () => {
  const world = ownWorld(open);
  service(world).spec.ports[0].name = 'web';
  const after = settle(world);
  expect(addresses(after)).toEqual([]);
  expect(warnings(after)).toEqual([
    'TargetGroupBinding BackendNotFound: backend not found: unable to find port http on service shop/web',
  ]);
});

test('the leader renews its Lease until it is stopped', () => {
  const renewed = (world: World) => objectsOf(cluster(world), 'Lease')[0]?.spec.renewTime;
  const world = oneService();
  expect(renewed(world)).toBe('2026-11-22T09:59:58.000000Z');
  world.now = '2026-11-22T11:00:00Z';
  expect(renewed(settle(world))).toBe('2026-11-22T10:59:58.000000Z');
  stopController(world, cluster(world));
  expect(renewed(settle(world))).toBe('2026-11-22T10:45:00.000000Z');
});

test('a controller that is uninstalled leaves nothing in the cluster and everything in AWS', () => {
  const world = oneService();
  const named = (kind: keyof Kinds) => objectsOf(cluster(world), kind).map(({ metadata }) => metadata.name);
  expect(named('Deployment')).toContain('aws-load-balancer-controller');
  uninstallController(world, cluster(world));
  expect([...named('Deployment'), ...named('ReplicaSet'), ...named('Pod')].join(' ')).not.toContain('load-balancer');
  expect(settle(world).loadBalancers).toHaveLength(1);
});
