import type { Facts } from '../../../core/model/facts.ts';
import { listener } from '../../../lab/physics/listener.ts';
import { packetFilter } from '../../../lab/physics/packet-filter.ts';
import { openSockets } from '../../../lab/physics/sockets.ts';
import { judgeTargets } from '../../../lab/physics/target-health.ts';
import { apiVersionOf, resources } from '../../../lab/wire/kubernetes/resources.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import type { KubernetesObject } from '../../../lab/world/kubernetes-object.ts';
import { before, hour } from '../../../lab/world/moment.ts';
import type { World } from '../../../lab/world/world.ts';
import type { AdminClient } from '../kubernetes/admin-client.ts';
import type { LiveCluster } from './live-cluster.ts';

/** Kinds by which packets find their way. */
const kinds = ['Node', 'Service', 'Pod', 'EndpointSlice', 'DaemonSet', 'ConfigMap'];

/**
 * The world that the real controllers made, with what follows from it for packets: who listens, and which target is healthy.
 * `base` is the world from which the account was made: it has the processes in the pods and the network around them.
 */
export async function worldOfLive(live: LiveCluster, base: World, { slices }: Facts): Promise<World> {
  const world = structuredClone(base);
  const cluster = clusterOf(world, 'shop');
  const objects = await Promise.all(kinds.map((kind) => listed(live.plane.admin, kind)));
  cluster.objects = [
    ...cluster.objects.filter(({ kind }) => !kinds.includes(kind)),
    ...live.names.translate(objects.flat()),
  ];
  Object.assign(world, {
    loadBalancers: slices.loadBalancers,
    listeners: slices.listeners,
    targetGroups: slices.targetGroups,
    securityGroups: slices.securityGroups,
    networkInterfaces: slices.networkInterfaces,
    instances: slices.instances,
    registrations: slices.targetHealth.map(({ targetGroupArn, id, port }) => ({
      targetGroupArn,
      id,
      port,
      registeredAt: before(world.now, hour),
    })),
  });
  const passes = packetFilter(world);
  const listens = listener(world, passes);
  world.targetHealth = judgeTargets(world, passes, listens);
  world.sockets = openSockets(world, passes, listens);
  return world;
}

/** All objects of a kind, as the API serves them, with the maps that it leaves out when they are empty. */
async function listed(admin: AdminClient, kind: string): Promise<KubernetesObject[]> {
  const resource = resources.find((each) => each.kind === kind);
  if (resource === undefined) throw new Error(`no resource ${kind}`);
  const apiVersion = apiVersionOf(resource);
  const { body } = await admin.call(
    'GET',
    `${resource.group === '' ? '/api' : '/apis'}/${apiVersion}/${resource.plural}`,
  );
  return body.items.map((item: Record<string, unknown> & Pick<KubernetesObject, 'metadata'>) => ({
    ...item,
    apiVersion,
    kind,
    // A slice of no endpoints has null for both lists.
    ...(kind === 'EndpointSlice' && { ports: item.ports ?? [], endpoints: item.endpoints ?? [] }),
    metadata: { ...item.metadata, labels: item.metadata.labels ?? {}, annotations: item.metadata.annotations ?? {} },
  }));
}
