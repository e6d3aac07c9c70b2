import { expect, test } from 'vitest';
import { settle } from '../../../lab/settle.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { shop } from '../../../lab/world/shop.ts';

test('a world is built and settled the same way each time', () => {
  expect(settle(shop())).toEqual(settle(shop()));
});

test('settling leaves the world that it was given alone', () => {
  const world = shop();
  const before = structuredClone(world);
  const settled = settle(world);
  expect(world).toEqual(before);
  expect(settled.targetHealth).toHaveLength(6);
});

test('settling a settled world changes nothing', () => {
  const settled = settle(shop());
  expect(settle(settled)).toEqual(settled);
});

test('a settled world is plain JSON', () => {
  const settled = settle(shop());
  expect(JSON.parse(JSON.stringify(settled))).toStrictEqual(settled);
});

test('every address lies in the network that was asked for, but for the prober', () => {
  const settled = settle(shop({ network: '127.77' }));
  const addresses = settled.networkInterfaces.flatMap(({ privateIps }) => privateIps);
  expect(addresses.length).toBeGreaterThan(10);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(addresses.filter((address) => !address.startsWith('127.77.'))).toEqual(['127.0.0.1']);
  expect(settled.sockets.every(({ address }) => address.startsWith('127.77.'))).toBe(true);
});

test('ids have the length that AWS gives them', () => {
  const world = settle(shop());
  const ids = [
    ...world.vpcs,
    ...world.subnets,
    ...world.securityGroups,
    ...world.networkInterfaces,
    ...world.instances,
    ...world.networkAcls,
    ...world.routeTables,
    ...world.dhcpOptions,
  ].map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => !/^(vpc|subnet|sg|eni|i|acl|rtb|dopt)-0[0-9a-f]{16}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an account has three zones and a subnet and interface for the prober', () => {
  const { subnets, prober, networkInterfaces } = buildAccount();
  expect(subnets.map(({ zone, cidr }) => [zone, cidr])).toEqual([
    ['eu-west-1a', '127.20.0.0/20'],
    ['eu-west-1b', '127.20.16.0/20'],
    ['eu-west-1c', '127.20.32.0/20'],
    ['eu-west-1a', '127.0.0.0/24'],
  ]);
  expect(networkInterfaces[0]).toMatchObject({
    interfaceType: 'lambda',
    subnetId: prober.subnetId,
    securityGroups: [prober.securityGroupId],
    privateIps: [prober.address],
  });
});

test('every Kubernetes object has what clients count on', () => {
  const { clusters } = settle(shop());
  const objects = clusters.flatMap((cluster) => cluster.objects);
  expect(new Set(objects.map(({ kind }) => kind))).toEqual(
    new Set([
      'ConfigMap',
      'DaemonSet',
      'Deployment',
      'EndpointSlice',
      'Event',
      'Job',
      'Lease',
      'Namespace',
      'Node',
      'Pod',
      'ReplicaSet',
      'Service',
      'TargetGroupBinding',
    ]),
  );
  for (const { apiVersion, metadata } of objects) {
    expect(apiVersion).toMatch(/^([a-z0-9.]+\/)?v1(beta1)?$/);
    expect(metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(metadata.resourceVersion).toMatch(/^\d+$/);
    expect(metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  }
  const uids = objects.map(({ metadata }) => metadata.uid);
  expect(new Set(uids).size).toBe(uids.length);
});
