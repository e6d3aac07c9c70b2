import type { NetworkInterface } from '../../core/model/aws.ts';
import type { Node } from '../world/kubernetes-object.ts';
import { nodeAddress } from '../world/network/node.ts';
import { cniVariable } from '../world/network/vpc-cni.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import type { ServiceEndpoint } from './endpoint-slices.ts';
import type { PacketFilter } from './packet.ts';

interface Forwarding {
  cluster: WorldCluster;
  node: Node;
  endpoint: ServiceEndpoint;
  /** True under externalTrafficPolicy Local: the node does not put its own address in place of the sender's. */
  keepsSender: boolean;
}

/**
 * True when a connection that a node passes on reaches the endpoint, and its answer the node. On the node itself no filter
 * of the VPC is in between. With the sender kept the answer has to find back through the node: not from a branch
 * interface in strict mode (amazon-eks-user-guide, "Assign security groups to individual Pods"), and not from a secondary
 * interface without the CNI's support (amazon-vpc-cni-k8s README, AWS_VPC_CNI_NODE_PORT_SUPPORT).
 */
export function reachesEndpoint(world: World, passes: PacketFilter, forwarding: Forwarding): boolean {
  const { cluster, node, endpoint, keepsSender } = forwarding;
  const { address, port, nodeName } = endpoint;
  if (nodeName !== node.metadata.name)
    return !isIn(cluster, cluster.dropsRemotePodsIn, address) && passes({ from: nodeAddress(node), to: address, port });
  if (isIn(cluster, cluster.dropsLocalPodsIn, address)) return false;
  if (!keepsSender) return true;
  const own: NetworkInterface | undefined = world.networkInterfaces.find(({ privateIps }) =>
    privateIps.includes(address),
  );
  if (own?.interfaceType === 'branch') return cniVariable(cluster, 'POD_SECURITY_GROUP_ENFORCING_MODE') === 'standard';
  if (own?.deviceIndex === 0) return true;
  return cniVariable(cluster, 'AWS_VPC_CNI_NODE_PORT_SUPPORT') !== 'false';
}

const isIn = (cluster: WorldCluster, namespace: string | undefined, address: string): boolean =>
  namespace !== undefined &&
  objectsOf(cluster, 'Pod').some(
    ({ metadata, status }) => status.podIP === address && metadata.namespace === namespace,
  );
