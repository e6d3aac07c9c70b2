import type { NetworkInterface, Subnet } from '../../../core/model/aws.ts';
import { privateSubnets } from '../account.ts';
import { resourceId, uid } from '../identifier.ts';
import type { Node, Pod } from '../kubernetes-object.ts';
import { before, day, hour } from '../moment.ts';
import { metadata, objectOf, objectsOf, put } from '../object.ts';
import type { World, WorldCluster } from '../world.ts';
import { nextAddress } from './address.ts';

/** The label in which EKS writes the managed node group of a node. */
export const nodeGroupLabel = 'eks.amazonaws.com/nodegroup';

/** The node group that every cluster has. */
export const firstNodeGroup = 'general';

/** True for a node of a group that was added for somebody. */
export const isOfAddedGroup = ({ metadata }: Node): boolean =>
  ![undefined, firstNodeGroup].includes(metadata.labels[nodeGroupLabel]);

/**
 * Adds one EC2 node in the next zone, or the next of these subnets: Node object, instance, primary interface and the CNI's
 * interface for pods.
 */
export function addNode(
  world: World,
  cluster: WorldCluster,
  securityGroupId: string,
  subnets: Subnet[] = privateSubnets(world),
): Node {
  const index = objectsOf(cluster, 'Node').length;
  const subnet = subnets[index % subnets.length];
  if (subnet === undefined) throw new Error('the account has no subnet for nodes');
  const seed = `${cluster.cluster.name} node ${index}`;
  const instanceId = resourceId('i', seed);
  const address = nextAddress(world, subnet);
  const name = `ip-${address.replaceAll('.', '-')}.${world.region}.compute.internal`;
  const launchedAt = before(world.now, 20 * day - index * hour);

  world.instances.push({
    id: instanceId,
    state: 'running',
    type: 'm6i.large',
    imageId: resourceId('ami', 'al2023'),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    privateIp: address,
    ipv6Addresses: [],
    privateDnsName: name,
    hostnameType: 'ip-name',
    launchedAt,
    tags: { Name: `${cluster.cluster.name}-node`, 'eks:cluster-name': cluster.cluster.name },
  });
  const attach = (deviceIndex: number, description: string, ip: string): NetworkInterface => ({
    id: resourceId('eni', `${seed} ${deviceIndex}`),
    description,
    interfaceType: 'interface',
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    status: 'in-use',
    securityGroups: [securityGroupId],
    privateIps: [ip],
    ipv6Addresses: [],
    instanceId,
    deviceIndex,
  });
  world.networkInterfaces.push(attach(0, '', address));
  world.networkInterfaces.push(attach(1, `aws-K8S-${instanceId}`, nextAddress(world, subnet)));

  return put(cluster, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(world, cluster, {
      kind: 'Node',
      name,
      ageSeconds: 20 * day - index * hour - 60,
      labels: {
        [nodeGroupLabel]: firstNodeGroup,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'm6i.large',
        'topology.kubernetes.io/region': world.region,
        'topology.kubernetes.io/zone': subnet.zone,
      },
    }),
    spec: { providerID: `aws:///${subnet.zone}/${instanceId}` },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'InternalDNS', address: name },
        { type: 'Hostname', address: name },
      ],
      capacity: { cpu: '2', memory: '7934360Ki', pods: '29' },
      allocatable: { cpu: '1930m', memory: '7244184Ki', pods: '29' },
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', launchedAt),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', launchedAt),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', launchedAt),
        condition('Ready', 'True', 'KubeletReady', launchedAt),
      ],
      nodeInfo: {
        architecture: 'amd64',
        bootID: uid(`${seed} boot`),
        containerRuntimeVersion: 'containerd://1.7.27',
        kernelVersion: '6.1.141-155.222.amzn2023.x86_64',
        kubeProxyVersion: 'v1.33.4-eks-99d6cc0',
        kubeletVersion: 'v1.33.4-eks-99d6cc0',
        machineID: uid(`${seed} machine`).replaceAll('-', ''),
        operatingSystem: 'linux',
        osImage: 'Amazon Linux 2023.8.20250818',
        systemUUID: uid(`${seed} system`),
      },
    },
  });
}

const condition = (type: string, status: string, reason: string, since: string) => ({
  type,
  status,
  reason,
  lastHeartbeatTime: since,
  lastTransitionTime: since,
});

/** True for the Node that stands for one Fargate pod: no instance, no NodePort (amazon-eks-user-guide, fargate). */
export const isFargate = (node: Node): boolean => node.metadata.labels['eks.amazonaws.com/compute-type'] === 'fargate';

/** `InternalIP` of a Node: the primary address of its instance. */
export const nodeAddress = (node: Node): string => node.status.addresses[0].address;

/** The EC2 instance behind a Node, from the end of its `spec.providerID`. */
export const instanceIdOf = (node: Node): string =>
  node.spec.providerID.slice(node.spec.providerID.lastIndexOf('/') + 1);

/** False for a machine outside of EC2, as EKS Hybrid Nodes joins them. */
export const hasInstance = (node: Node): boolean => instanceIdOf(node).startsWith('i-');

/** The Node that a pod runs on; throws for a pod without one. */
export function nodeOf(cluster: WorldCluster, { metadata, spec }: Pod): Node {
  if (spec.nodeName === undefined) throw new Error(`${metadata.namespace}/${metadata.name} is on no node`);
  return objectOf(cluster, 'Node', { name: spec.nodeName });
}
