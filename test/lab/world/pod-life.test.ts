import { expect, test } from 'vitest';
import { evict } from '../../../lab/faults/evict.ts';
import { leaveUnscheduled } from '../../../lab/faults/stall.ts';
import { terminate } from '../../../lab/faults/terminate.ts';
import { settle } from '../../../lab/settle.ts';
import type { Pod } from '../../../lab/world/kubernetes-object.ts';
import { addIpv6, enableIpv6 } from '../../../lab/world/network/dual-stack.ts';
import { objectOf, objectsOf } from '../../../lab/world/object.ts';
import { addEndpointSlice } from '../../../lab/world/pod/endpoint-slice.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, meetsAtNodes, nodePort, oneService, place, pods, service, states } from './one-service.ts';

const first = (world: World): Pod => {
  const [pod] = pods(world);
  if (pod === undefined) throw new Error('no pod');
  return pod;
};
const slices = (world: World) =>
  objectsOf(cluster(world), 'EndpointSlice').filter(
    ({ metadata }) => metadata.labels['kubernetes.io/service-name'] === place.name,
  );
const replicas = (world: World) => objectOf(cluster(world), 'Deployment', place).status.replicas;

test('a readiness gate that nobody fulfils keeps a pod with ready containers out of the endpoints', () => {
  const world = oneService();
  first(world).spec.readinessGates = [{ conditionType: 'example.com/gate' }];
  const after = settle(world);
  const { conditions } = first(after).status;
  expect(conditions).toContainEqual(expect.objectContaining({ type: 'ContainersReady', status: 'True' }));
  expect(conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' }),
  );
  expect(slices(after)[0]?.endpoints[0]?.conditions.ready).toBe(false);
});

test('a readiness gate that is fulfilled changes nothing', () => {
  const world = oneService();
  const pod = first(world);
  pod.spec.readinessGates = [{ conditionType: 'example.com/gate' }];
  pod.status.conditions.push({ type: 'example.com/gate', status: 'True', lastTransitionTime: world.now });
  expect(slices(settle(world))[0]?.endpoints[0]?.conditions.ready).toBe(true);
});

test('an evicted pod stays as an object, and no longer counts', () => {
  const world = oneService();
  evict(world, cluster(world), first(world));
  const after = settle(world);
  expect(pods(after)).toHaveLength(3);
  expect(replicas(after)).toBe(2);
  expect(slices(after)[0]?.endpoints).toHaveLength(2);
});

test('a pod without a node has neither address nor endpoint', () => {
  const world = oneService();
  leaveUnscheduled(world, cluster(world), { pod: first(world), message: 'no room' });
  const after = settle(world);
  expect(first(after).spec.nodeName).toBeUndefined();
  expect(slices(after)[0]?.endpoints).toHaveLength(2);
});

test('a terminating pod serves on without being ready, and under Local its node fails the health check', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  expect(states(world)).toEqual(['healthy', 'healthy', 'healthy']);
  terminate(world, first(world), { ageSeconds: 10, graceSeconds: 60 });
  const after = settle(world);
  expect(slices(after)[0]?.endpoints[0]?.conditions).toEqual({ ready: false, serving: true, terminating: true });
  expect(states(after)).toEqual(['unhealthy', 'healthy', 'healthy']);
  expect(meetsAtNodes(after, nodePort(after))[0]).toMatchObject({ kind: 'http' });
});

test('an EndpointSlice that somebody else wrote is left alone', () => {
  const world = oneService();
  delete service(world).spec.selector;
  addEndpointSlice(world, cluster(world), { service: service(world), pods: pods(world) });
  const after = settle(world);
  expect(slices(after).map(({ metadata }) => metadata.name)).toEqual(['web-operator']);
  expect(states(after)).toEqual(['healthy', 'healthy', 'healthy']);
});

test('a Service of both families has an EndpointSlice for each, with the addresses of that family', () => {
  const world = oneService();
  enableIpv6(world);
  addIpv6(world, pods(world));
  service(world).spec.ipFamilies = ['IPv4', 'IPv6'];
  const families = slices(settle(world)).map(({ addressType, endpoints }) => [
    addressType,
    endpoints.every(
      ({ addresses }: { addresses: string[] }) => addresses[0]?.includes(':') === (addressType === 'IPv6'),
    ),
    endpoints.length,
  ]);
  expect(families).toEqual([
    ['IPv4', true, 3],
    ['IPv6', true, 3],
  ]);
});

test.each([
  ['3600', 'unhealthy.draining'],
  ['60', 'unhealthy'],
])('with a draining interval of %s s a target that has long failed is %s', (interval, state) => {
  const attribute = 'target_health_state.unhealthy';
  const world = oneService(
    {
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': `${attribute}.connection_termination.enabled=false,${attribute}.draining_interval_seconds=${interval}`,
      },
    },
    { listensOn: 9999, readinessProbe: null },
  );
  expect(new Set(states(world))).toEqual(new Set([state]));
});

test('a zonal shift marks the targets of its zone and leaves their health as it is', () => {
  const world = oneService();
  const [loadBalancer] = world.loadBalancers;
  world.zonalShifts = [{ loadBalancerArn: loadBalancer?.arn ?? '', zone: 'eu-west-1b' }];
  expect(settle(world).targetHealth.map(({ state, override }) => [state, override])).toEqual([
    ['healthy', undefined],
    ['healthy', 'zonal_shift_active'],
    ['healthy', undefined],
  ]);
});
