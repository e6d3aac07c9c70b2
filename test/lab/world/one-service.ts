import type { SecurityGroup } from '../../../core/model/aws.ts';
import { removeCheckpoint } from '../../../lab/controller/checkpoint.ts';
import { settle } from '../../../lab/settle.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster, clusterOf } from '../../../lab/world/cluster.ts';
import { nodeAddress } from '../../../lab/world/network/node.ts';
import { objectOf, objectsOf } from '../../../lab/world/object.ts';
import { addWorkload, podsOf } from '../../../lab/world/pod/workload.ts';
import type { WorkloadOptions } from '../../../lab/world/pod/workload-options.ts';
import { addService, type ServiceOptions } from '../../../lab/world/service.ts';
import type { Behaviour, World } from '../../../lab/world/world.ts';

export const place = { namespace: 'shop', name: 'web' };

/** A settled cluster of three nodes with one Service and its workload, beside security groups that are there before. */
export function oneService(
  service: Partial<ServiceOptions> = {},
  workload: Partial<WorkloadOptions> = {},
  securityGroups: SecurityGroup[] = [],
): World {
  const world = buildAccount();
  world.securityGroups.push(...securityGroups);
  const cluster = addCluster(world, { name: 'test' });
  addWorkload(world, cluster, { ...place, ...workload });
  addService(world, cluster, { ...place, ...service });
  return settle(world);
}

/** Makes the controller look at every binding again, as the removal of its checkpoint does. */
export function lookAgain(world: World): World {
  for (const binding of objectsOf(cluster(world), 'TargetGroupBinding')) removeCheckpoint(binding);
  return world;
}

export const cluster = (world: World) => clusterOf(world, 'test');
export const service = (world: World) => objectOf(cluster(world), 'Service', place);
export const pods = (world: World) => podsOf(cluster(world), objectOf(cluster(world), 'Deployment', place));
export const nodeAddresses = (world: World) => objectsOf(cluster(world), 'Node').map(nodeAddress);
export const states = (world: World) => world.targetHealth.map(({ state }) => state);
export const nodePort = (world: World): number => given(service(world).spec.ports[0].nodePort);
export const healthCheckNodePort = (world: World): number => given(service(world).spec.healthCheckNodePort);

/** What the prober meets: a behaviour, or `refused`. */
export const meets = (world: World, address: string, port: number): Behaviour | 'refused' =>
  world.sockets.find((socket) => socket.address === address && socket.port === port)?.behaviour ?? 'refused';

/** What the prober meets at a port of each node, in the order of the nodes. */
export const meetsAtNodes = (world: World, port: number) =>
  nodeAddresses(world).map((address) => meets(world, address, port));

function given(port: number | undefined): number {
  if (port === undefined) throw new Error('the Service has no such port');
  return port;
}
