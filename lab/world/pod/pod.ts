import type { NetworkInterface } from '../../../core/model/aws.ts';
import { hash } from '../identifier.ts';
import type { AtLeastOne, ContainerSpec, ContainerStatus, KubernetesObject, Node, Pod } from '../kubernetes-object.ts';
import { before, day } from '../moment.ts';
import { nextAddress } from '../network/address.ts';
import { instanceIdOf, nodeAddress } from '../network/node.ts';
import { metadata, objectOf, put } from '../object.ts';
import type { Process, World, WorldCluster } from '../world.ts';

export interface PodOptions {
  namespace: string;
  name: string;
  labels: Record<string, string>;
  owner: KubernetesObject;
  nodeName: string;
  containers: AtLeastOne<ContainerSpec>;
  processes?: Process[];
  hostNetwork?: boolean;
  ageSeconds?: number;
  log?: string[];
}

/** Adds a running, ready Pod with an address of its node's CNI interface, its processes and its log. */
export function addPod(world: World, cluster: WorldCluster, options: PodOptions): Pod {
  const { namespace, name, labels, owner, nodeName, containers, ageSeconds = 2 * day, hostNetwork = false } = options;
  const node = objectOf(cluster, 'Node', { name: nodeName });
  const hostIP = nodeAddress(node);
  const podIP = hostNetwork ? hostIP : assignAddress(world, node);
  const startedAt = before(world.now, ageSeconds - 4);

  cluster.processes[`${namespace}/${name}`] = options.processes ?? [];
  for (const container of containers) {
    cluster.logs[`${namespace}/${name}/${container.name}`] = { current: options.log ?? [] };
  }
  return put(cluster, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata(world, cluster, { kind: 'Pod', namespace, name, labels, owner, ageSeconds }),
      generateName: `${owner.metadata.name}-`,
    },
    spec: {
      containers,
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      ...(hostNetwork ? { hostNetwork } : {}),
      nodeName,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
    },
    status: {
      phase: 'Running',
      conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
        (type) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: startedAt }),
      ),
      hostIP,
      hostIPs: [{ ip: hostIP }],
      podIP,
      podIPs: [{ ip: podIP }],
      startTime: before(world.now, ageSeconds - 1),
      qosClass: 'Burstable',
      containerStatuses: containers.map((container) => ({
        name: container.name,
        image: container.image,
        imageID: `${container.image.split(':')[0]}@sha256:${hash(container.image, 64)}`,
        containerID: `containerd://${hash(`${namespace}/${name}/${container.name}`, 64)}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt } },
        lastState: {},
      })),
    },
  });
}

/** The pod's address; throws for a pod without one. */
export function podAddress({ metadata, status }: Pod): string {
  if (status.podIP === undefined) throw new Error(`${metadata.namespace}/${metadata.name} has no address`);
  return status.podIP;
}

/** What the kubelet reports of the pod's containers: nothing while it has no node. */
export const statusesOf = ({ status }: Pod): ContainerStatus[] => status.containerStatuses ?? [];

/** Removes a Pod for good: object, processes, log and address. */
export function removePod(world: World, cluster: WorldCluster, pod: Pod): void {
  const { namespace, name } = pod.metadata;
  cluster.objects = cluster.objects.filter((object) => object !== pod);
  delete cluster.processes[`${namespace}/${name}`];
  for (const container of pod.spec.containers) delete cluster.logs[`${namespace}/${name}/${container.name}`];
  releaseAddress(world, pod);
}

/** Gives the pod's address back to its subnet; the pod's status still names it. */
export function releaseAddress(world: World, pod: Pod): void {
  for (const networkInterface of world.networkInterfaces) {
    networkInterface.privateIps = networkInterface.privateIps.filter(
      (address) => address !== pod.status.podIP || networkInterface.deviceIndex === 0,
    );
  }
}

/** The VPC CNI gives pods secondary addresses of the interface that it attached to the node. */
function assignAddress(world: World, node: Node): string {
  const instanceId = instanceIdOf(node);
  const podInterface = world.networkInterfaces.find(
    (candidate: NetworkInterface) => candidate.instanceId === instanceId && candidate.deviceIndex === 1,
  );
  const subnet = world.subnets.find(({ id }) => id === podInterface?.subnetId);
  if (podInterface === undefined || subnet === undefined) throw new Error(`${instanceId} has no interface for pods`);
  const address = nextAddress(world, subnet);
  podInterface.privateIps.push(address);
  return address;
}
