import type { Node, Pod, Workload } from '../../../core/model/kubernetes.ts';
import { at, awsId, uid, zones } from './identifiers.ts';
import { metadata, readyConditions, runningStatus } from './metadata.ts';
import { networkInterface, type StandInVpc, subnetId } from './vpc.ts';

/** A node, and where pods on it get their addresses. */
export interface StandInNode {
  node: Node;
  instanceId: string;
  name: string;
  zone: number;
  address: string;
  /** Addresses of the secondary interface, which grows with the pods. */
  podAddresses: string[];
}

/** A node with its instance and two interfaces, which it adds to the VPC. */
export function standInNode(vpc: StandInVpc, cluster: number, index: number, takenAt: string): StandInNode {
  const zone = index % zones.length;
  const zoneName = zones[zone] ?? '';
  const instanceId = awsId('i', cluster, index);
  const address = vpc.nextAddress(zone);
  const name = `ip-${address.replaceAll('.', '-')}.eu-west-1.compute.internal`;
  const launchedAt = at(takenAt, 30_000);
  const podAddresses: string[] = [];
  vpc.slices.instances.push({
    id: instanceId,
    state: 'running',
    type: 'm7g.2xlarge',
    imageId: awsId('ami', 1),
    vpcId: vpc.id,
    subnetId: subnetId(vpc.number, zone),
    zone: zoneName,
    privateIp: address,
    ipv6Addresses: [],
    privateDnsName: name,
    hostnameType: 'ip-name',
    launchedAt,
    tags: { Name: `c${cluster}-node`, 'eks:cluster-name': clusterName(cluster) },
  });
  const shared = { securityGroups: [nodeGroup(cluster)], instanceId };
  vpc.slices.networkInterfaces.push(
    networkInterface(vpc, zone, {
      id: awsId('eni', cluster, index, 0),
      privateIps: [address],
      deviceIndex: 0,
      ...shared,
    }),
    networkInterface(vpc, zone, {
      id: awsId('eni', cluster, index, 1),
      description: `aws-K8S-${instanceId}`,
      privateIps: podAddresses,
      deviceIndex: 1,
      ...shared,
    }),
  );
  const node: Node = {
    metadata: metadata({
      name,
      uid: uid(cluster, index, 1),
      createdAt: launchedAt,
      labels: {
        'eks.amazonaws.com/nodegroup': 'general',
        'eks.amazonaws.com/capacityType': 'ON_DEMAND',
        'kubernetes.io/arch': 'arm64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'm7g.2xlarge',
        'topology.kubernetes.io/region': 'eu-west-1',
        'topology.kubernetes.io/zone': zoneName,
      },
    }),
    spec: { providerID: `aws:///${zoneName}/${instanceId}`, taints: [] },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'InternalDNS', address: name },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        ...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => ({
          type,
          status: 'False',
          lastTransitionTime: launchedAt,
        })),
        { type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: launchedAt },
      ],
      kubeletVersion: 'v1.33.4-eks-99d6cc0',
      osImage: 'Amazon Linux 2023.8.20250818',
    },
  };
  return { node, instanceId, name, zone, address, podAddresses };
}

export const clusterName = (cluster: number): string => `cluster-${String(cluster).padStart(3, '0')}`;
export const nodeGroup = (cluster: number): string => awsId('sg', cluster, 1, 0);

const daemons = [
  {
    name: 'kube-proxy',
    command: ['kube-proxy', '--v=2', '--config=/var/lib/kube-proxy-config/config', '--hostname-override=$(NODE_NAME)'],
    env: [{ name: 'NODE_NAME', fieldPath: 'spec.nodeName' }],
  },
  {
    name: 'aws-node',
    command: [],
    env: [
      { name: 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG', value: 'false' },
      { name: 'AWS_VPC_CNI_NODE_PORT_SUPPORT', value: 'true' },
      { name: 'ENABLE_POD_ENI', value: 'false' },
      { name: 'NETWORK_POLICY_ENFORCING_MODE', value: 'standard' },
      { name: 'MY_NODE_NAME', fieldPath: 'spec.nodeName' },
    ],
  },
];

/** The DaemonSets of kube-proxy and the VPC CNI with a pod on every node. */
export function daemonsOn(
  nodes: StandInNode[],
  cluster: number,
  takenAt: string,
): { workloads: Workload[]; pods: Pod[] } {
  const createdAt = at(takenAt, 30_000);
  const place = { namespace: 'kube-system', createdAt };
  const made = daemons.map(({ name, command, env }, kind) => {
    const labels = { 'k8s-app': name };
    const owner = { kind: 'DaemonSet', name, uid: uid(cluster, kind, 2) };
    const container = { name, image: `${name}:v1.33.3-eksbuild.4`, command, args: [], env, ports: [] };
    const count = nodes.length;
    const workload: Workload = {
      kind: 'DaemonSet',
      metadata: metadata({ name, uid: owner.uid, labels, ...place }),
      spec: { replicas: count, template: { labels, containers: [container] } },
      status: {
        replicas: count,
        readyReplicas: count,
        updatedReplicas: count,
        availableReplicas: count,
        conditions: [],
      },
    };
    const pods = nodes.map(
      (node, index): Pod => ({
        metadata: metadata({
          name: `${name}-${index}`,
          uid: uid(cluster, kind, index, 3),
          labels: { ...labels, 'pod-template-generation': '1' },
          owner,
          ...place,
        }),
        spec: {
          nodeName: node.name,
          hostNetwork: true,
          containers: [container],
          initContainers: [],
          readinessGates: [],
        },
        status: {
          phase: 'Running',
          podIPs: [node.address],
          startTime: createdAt,
          conditions: readyConditions(createdAt),
          containerStatuses: [runningStatus(name, createdAt)],
          initContainerStatuses: [],
        },
      }),
    );
    return { workload, pods };
  });
  return { workloads: made.map(({ workload }) => workload), pods: made.flatMap(({ pods }) => pods) };
}
