import { resourceId } from '../identifier.ts';
import type { Node, Pod } from '../kubernetes-object.ts';
import { before, day } from '../moment.ts';
import { metadata, put } from '../object.ts';
import { releaseAddress } from '../pod/pod.ts';
import type { World, WorldCluster } from '../world.ts';

/** Keeps the upper half of the network out of the VPC, and returns a block of it. */
export function networkOutside(world: World): string {
  const inside = `${world.network}.0.0/17`;
  for (const vpc of world.vpcs) vpc.cidrs = vpc.cidrs.map((cidr) => (cidr.endsWith('.0.0/16') ? inside : cidr));
  for (const { routes } of world.routeTables) {
    for (const route of routes) if (route.destination.endsWith('.0.0/16')) route.destination = inside;
  }
  return `${world.network}.192.0/20`;
}

/** Leads packets for the block through a transit gateway, from every subnet. */
export function addRouteTo(world: World, block: string): void {
  for (const { routes } of world.routeTables) {
    routes.push({ destination: block, target: resourceId('tgw', 'office'), state: 'active' });
  }
}

/** Gives a pod an address outside of the VPC, the `index`-th of the block. */
export function moveOut(world: World, pod: Pod, block: string, index: number): void {
  releaseAddress(world, pod);
  const address = `${block.split('.').slice(0, 3).join('.')}.${10 + index}`;
  pod.status.podIP = address;
  pod.status.podIPs = [{ ip: address }];
}

/** Adds a machine of one's own that joined by EKS Hybrid Nodes, by default kept from load balancers that take nodes. */
export function addHybridNode(
  world: World,
  cluster: WorldCluster,
  address: string,
  { excluded = true }: { excluded?: boolean } = {},
): Node {
  const id = resourceId('mi', `${cluster.cluster.name} hybrid`);
  const since = before(world.now, 200 * day);
  return put(cluster, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(world, cluster, {
      kind: 'Node',
      name: id,
      labels: {
        'eks.amazonaws.com/compute-type': 'hybrid',
        'kubernetes.io/hostname': id,
        ...(excluded && { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' }),
        'topology.kubernetes.io/zone': 'office',
      },
    }),
    spec: { providerID: `eks-hybrid:///${world.region}/${cluster.cluster.name}/${id}` },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: id },
      ],
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: since }],
      nodeInfo: { kubeletVersion: 'v1.33.4-eks-99d6cc0', osImage: 'Ubuntu 24.04.3 LTS' },
    },
  });
}

/** Lets a pod run on that machine, with an address of its network. */
export function runOn(world: World, node: Node, pod: Pod, where: { block: string; index: number }): void {
  moveOut(world, pod, where.block, where.index);
  const address = node.status.addresses[0].address;
  pod.spec.nodeName = node.metadata.name;
  pod.status.hostIP = address;
  pod.status.hostIPs = [{ ip: address }];
}
