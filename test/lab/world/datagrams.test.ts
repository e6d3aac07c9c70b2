import { expect, test } from 'vitest';
import { datagramListener } from '../../../lab/physics/datagrams.ts';
import { packetFilter } from '../../../lab/physics/packet-filter.ts';
import { udpHalfShut } from '../../../lab/scenarios/udp-half-shut.ts';
import { clusterOf, nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import type { World } from '../../../lab/world/world.ts';
import { clientsOf } from '../../../scripts/accuracy/clients.ts';

/** How the clients of the only group for both protocols fare. */
const truthOf = (world: World) =>
  world.targetGroups.flatMap(({ arn, protocol }) => (protocol === 'TCP_UDP' ? clientsOf(world).get(arn) : []));

/** The scenario before or after its fault, with rules for UDP or without. */
function built({ open }: { open: boolean }): World {
  const world = udpHalfShut.build();
  if (open)
    nodeSecurityGroup(world, clusterOf(world, 'shop')).rules.push({
      id: 'sgr-0123456789abcdef0',
      egress: false,
      protocol: 'udp',
      fromPort: 0,
      toPort: 65_535,
      cidrIpv4: '0.0.0.0/0',
      description: 'UDP',
    });
  return world;
}

test('clients of both protocols are served where rules and sockets are there for both', () => {
  expect(truthOf(built({ open: true }))).toEqual(['served']);
});

test('a removed rule for UDP leaves the targets healthy and the clients of UDP without an answer', () => {
  const world = built({ open: false });
  expect(world.targetHealth.filter(({ state }) => state !== 'healthy')).toEqual([]);
  expect(truthOf(world)).toEqual(['partly']);
});

test('so does a process that has no UDP socket', () => {
  const world = built({ open: true });
  for (const each of world.clusters) each.udpSockets = {};
  expect(truthOf(world)).toEqual(['partly']);
});

test('behind a NodePort a datagram gets to a pod with a socket on any node, and under Local on its own', () => {
  const world = built({ open: true });
  const [service] = clusterOf(world, 'shop').objects.flatMap((object) =>
    object.kind === 'Service' && object.metadata.name === 'checkout' ? object : [],
  );
  const nodePort = service?.spec.ports.find(({ protocol }) => protocol === 'UDP')?.nodePort ?? 0;
  const nodes = world.instances.flatMap(({ id }) =>
    world.networkInterfaces.flatMap((each) =>
      each.instanceId === id && each.deviceIndex === 0 ? (each.privateIps[0] ?? []) : [],
    ),
  );
  const takes = () => nodes.map((address) => datagramListener(world, packetFilter(world))(address, nodePort));
  expect(nodePort).toBeGreaterThan(0);
  expect(takes()).toEqual(nodes.map(() => true));
  const shop = clusterOf(world, 'shop');
  if (service !== undefined) service.spec.externalTrafficPolicy = 'Local';
  const isOnFirst = new Set(
    shop.objects.flatMap((each) => (each.kind === 'Node' ? each.metadata.name : [])).slice(0, 1),
  );
  for (const each of shop.objects)
    if (each.kind === 'EndpointSlice')
      each.endpoints = each.endpoints.filter(({ nodeName = '' }) => isOnFirst.has(nodeName)) as typeof each.endpoints;
  expect(takes().filter(Boolean)).toHaveLength(1);
});
