import type { Subnet } from '../../../core/model/aws.ts';
import { copyOf } from '../../copy.ts';
import type { Place } from '../../scenario.ts';
import { nodeSecurityGroup } from '../cluster.ts';
import { nameSuffix } from '../identifier.ts';
import type { DaemonSet, Node } from '../kubernetes-object.ts';
import { day } from '../moment.ts';
import { objectsOf } from '../object.ts';
import { addPod } from '../pod/pod.ts';
import { addWorkload } from '../pod/workload.ts';
import type { WorkloadOptions } from '../pod/workload-options.ts';
import { addService, type ServiceOptions } from '../service.ts';
import type { World, WorldCluster } from '../world.ts';
import { addNode, firstNodeGroup, instanceIdOf, isOfAddedGroup, nodeGroupLabel } from './node.ts';

/** The annotation by which a Service chooses the nodes that become its targets. */
export const targetNodeLabels = 'service.beta.kubernetes.io/aws-load-balancer-target-node-labels';

interface NodeGroupOptions {
  name: string;
  /** Number of nodes, spread over the zones; 3 by default. */
  nodes?: number;
  /** By default the subnets that the cluster's first nodes are in. */
  subnets?: Subnet[];
}

/**
 * Adds a managed node group with the DaemonSets' pods on it, for one team alone: Services that are there by now keep to
 * the nodes that they have.
 */
export function addNodeGroup(world: World, cluster: WorldCluster, options: NodeGroupOptions): Node[] {
  const { name, nodes = 3, subnets } = options;
  keepToFirstNodes(cluster);
  const securityGroup = nodeSecurityGroup(world, cluster).id;
  return Array.from({ length: nodes }, () => {
    const node = addNode(world, cluster, securityGroup, subnets);
    node.metadata.labels[nodeGroupLabel] = name;
    for (const daemonSet of objectsOf(cluster, 'DaemonSet')) extend(world, cluster, { daemonSet, node });
    return node;
  });
}

/** What the Auto Scaling group of a managed node group does about an instance that ends: it starts another one in its subnet, with the same labels. */
export function startSuccessor(world: World, cluster: WorldCluster, lost: Node): void {
  const group = lost.metadata.labels[nodeGroupLabel];
  const former = world.instances.find(({ id }) => id === instanceIdOf(lost));
  if (group === undefined || former === undefined) return;
  const subnets = world.subnets.filter(({ id }) => id === former.subnetId);
  const node = addNode(world, cluster, nodeSecurityGroup(world, cluster).id, subnets);
  node.metadata.labels[nodeGroupLabel] = group;
  for (const daemonSet of objectsOf(cluster, 'DaemonSet')) extend(world, cluster, { daemonSet, node });
}

/** Lets Services that choose no nodes take those that the cluster had at first, where it has got node groups since. */
export function keepToFirstNodes(cluster: WorldCluster): void {
  for (const { spec, metadata } of objectsOf(cluster, 'Service')) {
    if (spec.type === 'LoadBalancer') metadata.annotations[targetNodeLabels] ??= `${nodeGroupLabel}=${firstNodeGroup}`;
  }
}

/** True where node groups have been added to the cluster. */
export const hasNodeGroups = (cluster: WorldCluster): boolean => objectsOf(cluster, 'Node').some(isOfAddedGroup);

/** Runs one more pod of a DaemonSet, on a node that has come later. */
function extend(world: World, cluster: WorldCluster, { daemonSet, node }: { daemonSet: DaemonSet; node: Node }): void {
  const { namespace, name } = daemonSet.metadata;
  const nodeName = node.metadata.name;
  const { metadata, spec } = daemonSet.spec.template;
  addPod(world, cluster, {
    namespace,
    name: `${name}-${nameSuffix(`${cluster.cluster.name} ${name} ${nodeName}`, 5)}`,
    labels: metadata.labels,
    owner: daemonSet,
    nodeName,
    containers: copyOf(spec.containers),
    hostNetwork: true,
    ageSeconds: 20 * day - 60,
  });
  daemonSet.status = withOneMore(daemonSet.status);
}

/** The status of a DaemonSet with one more pod, which is ready. */
const withOneMore = (status: DaemonSet['status']): DaemonSet['status'] => ({
  ...status,
  currentNumberScheduled: status.currentNumberScheduled + 1,
  desiredNumberScheduled: status.desiredNumberScheduled + 1,
  numberAvailable: (status.numberAvailable ?? 0) + 1,
  numberReady: status.numberReady + 1,
  updatedNumberScheduled: (status.updatedNumberScheduled ?? 0) + 1,
});

interface Tenant {
  place: Place;
  /** `nodes` are indexes of those of the group. */
  workload?: Partial<WorkloadOptions>;
  service?: Partial<ServiceOptions>;
  subnets?: Subnet[];
}

/** Adds a node group of the Service's name, a workload that runs on it, and a Service that takes only its nodes as targets. */
export function addTenant(world: World, cluster: WorldCluster, tenant: Tenant): void {
  const { place, workload, service, subnets } = tenant;
  const before = objectsOf(cluster, 'Node').length;
  const nodes = addNodeGroup(world, cluster, { name: place.name, ...(subnets && { subnets }) });
  const chosen = workload?.nodes ?? [...nodes.keys()];
  addWorkload(world, cluster, { ...place, ...workload, nodes: chosen.map((index) => before + index) });
  addService(world, cluster, {
    ...place,
    // cloud-provider-aws ignores a time-out.
    ...(service?.controller === 'ccm' ? {} : { healthCheck: { timeout: '2' } }),
    ...service,
    annotations: { [targetNodeLabels]: `${nodeGroupLabel}=${place.name}`, ...service?.annotations },
  });
}

/** The nodes of the group that addTenant made for this Service. */
export const tenantNodes = (cluster: WorldCluster, { name }: Place): Node[] =>
  objectsOf(cluster, 'Node').filter(({ metadata }) => metadata.labels[nodeGroupLabel] === name);
