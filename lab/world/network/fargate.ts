import { privateSubnets } from '../account.ts';
import { nodeSecurityGroup } from '../cluster.ts';
import { resourceId } from '../identifier.ts';
import type { Node, Pod } from '../kubernetes-object.ts';
import { before } from '../moment.ts';
import { metadata, objectsOf, put } from '../object.ts';
import { removePod } from '../pod/pod.ts';
import type { World, WorldCluster } from '../world.ts';
import { nextAddress } from './address.ts';

/**
 * Moves a pod to Fargate, as a restart under a new Fargate profile does: it gets a Node of its own, whose address is the
 * pod's, and an interface that no instance of the account holds (amazon-eks-user-guide, fargate.adoc).
 */
export function moveToFargate(world: World, cluster: WorldCluster, pod: Pod): void {
  const subnets = privateSubnets(world);
  const subnet = subnets[objectsOf(cluster, 'Node').length % subnets.length];
  if (subnet === undefined) throw new Error('the account has no subnet for Fargate');
  const address = nextAddress(world, subnet);
  const nodeName = `fargate-ip-${address.replaceAll('.', '-')}.${world.region}.compute.internal`;
  const process = cluster.processes[`${pod.metadata.namespace}/${pod.metadata.name}`] ?? [];
  const log = { ...cluster.logs };
  removePod(world, cluster, pod);
  world.networkInterfaces.push({
    id: resourceId('eni', nodeName),
    description: `fargate-pod-${pod.metadata.uid}`,
    interfaceType: 'interface',
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    status: 'in-use',
    securityGroups: [nodeSecurityGroup(world, cluster).id],
    privateIps: [address],
    ipv6Addresses: [],
  });
  const ageSeconds = 3 * 60 * 60;
  put(cluster, fargateNode(world, cluster, { name: nodeName, address, zone: subnet.zone, ageSeconds }));
  Object.assign(pod.spec, { nodeName, schedulerName: 'fargate-scheduler' });
  Object.assign(pod.status, {
    hostIP: address,
    hostIPs: [{ ip: address }],
    podIP: address,
    podIPs: [{ ip: address }],
  });
  pod.metadata.creationTimestamp = before(world.now, ageSeconds);
  cluster.objects.push(pod);
  cluster.processes[`${pod.metadata.namespace}/${pod.metadata.name}`] = process;
  cluster.logs = log;
}

interface FargateNode {
  name: string;
  address: string;
  zone: string;
  ageSeconds: number;
}

function fargateNode(world: World, cluster: WorldCluster, { name, address, zone, ageSeconds }: FargateNode): Node {
  const since = before(world.now, ageSeconds);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(world, cluster, {
      kind: 'Node',
      name,
      ageSeconds,
      labels: {
        'eks.amazonaws.com/compute-type': 'fargate',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': world.region,
        'topology.kubernetes.io/zone': zone,
      },
    }),
    spec: {
      providerID: `aws:///${zone}/${name.slice(0, 8)}/${name}`,
      taints: [{ key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' }],
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'InternalDNS', address: name },
        { type: 'Hostname', address: name },
      ],
      capacity: { cpu: '2', memory: '3972476Ki', pods: '1' },
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', lastHeartbeatTime: since, lastTransitionTime: since },
      ],
      nodeInfo: { kubeletVersion: 'v1.33.4-eks-99d6cc0', osImage: 'Amazon Linux 2' },
    },
  };
}
