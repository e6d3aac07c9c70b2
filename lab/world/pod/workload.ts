import { copyOf } from '../../copy.ts';
import { nameSuffix } from '../identifier.ts';
import type { Deployment, Node, Pod, PodSpec, ReplicaSet } from '../kubernetes-object.ts';
import { before, day } from '../moment.ts';
import { ensureNamespace } from '../namespace.ts';
import { isOfAddedGroup } from '../network/node.ts';
import { isOwnedBy, metadata, objectsOf, put } from '../object.ts';
import type { Behaviour, World, WorldCluster } from '../world.ts';
import { containerOf } from './container.ts';
import { addPod } from './pod.ts';
import { addReplicaSet, replicaSetsOf } from './replica-set.ts';
import type { WorkloadOptions } from './workload-options.ts';

/** Answers 200 on every path, and says so. */
export const answering = (paths: Record<string, number> = { '*': 200 }): Behaviour => ({ kind: 'http', paths });

/** Adds a Deployment with its ReplicaSet and running Pods spread over the nodes. */
export function addWorkload(world: World, cluster: WorldCluster, options: WorkloadOptions): Deployment {
  const { namespace, name, replicas = 3, ageSeconds = 2 * day } = options;
  const labels = options.labels ?? { app: name };
  ensureNamespace(world, cluster, namespace);
  const sockets = options.udpSockets ?? (options.protocol === 'UDP' ? [options.listensOn ?? options.port ?? 8080] : []);
  if (sockets.length > 0)
    cluster.udpSockets = { ...cluster.udpSockets, [`${namespace}/${labels['app'] ?? name}`]: sockets };
  const container = containerOf(options);
  const spec: PodSpec = { containers: [container], restartPolicy: 'Always' };
  const deployment = put(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(world, cluster, {
      kind: 'Deployment',
      namespace,
      name,
      labels,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      ageSeconds,
    }),
    spec: {
      replicas,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: { metadata: { labels }, spec },
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
    },
    status: { conditions: [availability(before(world.now, ageSeconds - 20))] },
  });
  const template = { metadata: { labels }, spec };
  const replicaSet = addReplicaSet(world, cluster, { deployment, version: '1', template, replicas, ageSeconds });
  for (let index = 0; index < replicas; index += 1) {
    addReplica(world, cluster, { replicaSet, options, index, ageSeconds: ageSeconds - 2 });
  }
  return deployment;
}

interface Replica {
  replicaSet: ReplicaSet;
  options: WorkloadOptions;
  /** Which of the replicas: decides its name and its node. */
  index: number;
  ageSeconds: number;
}

/** Adds one Pod of a ReplicaSet, on the node whose turn it is. */
export function addReplica(world: World, cluster: WorldCluster, replica: Replica): Pod {
  const { replicaSet, options, index, ageSeconds } = replica;
  const { namespace, port = 8080, listensOn = port, behaviour = answering() } = options;
  const { name, labels } = replicaSet.metadata;
  const nodes = objectsOf(cluster, 'Node');
  const turns = options.nodes ?? [...nodes.keys()].filter((position) => !isSetApart(nodes[position]));
  const node = nodes[turns[index % turns.length] ?? 0];
  if (node === undefined) throw new Error(`no node for ${namespace}/${name}`);
  const process = {
    port: listensOn,
    behaviour: copyOf(behaviour),
    ...(options.loopback && { loopback: true }),
    ...(options.ipv4Only && { ipv4Only: true }),
  };
  return addPod(world, cluster, {
    namespace,
    name: `${name}-${nameSuffix(`${cluster.cluster.name}/${namespace}/${name}/${index}`, 5)}`,
    labels,
    owner: replicaSet,
    nodeName: node.metadata.name,
    containers: [copyOf(replicaSet.spec.template.spec.containers[0])],
    processes: options.protocol === 'UDP' ? [] : [process],
    ageSeconds,
    log: [`listening on 0.0.0.0:${listensOn}`],
  });
}

/** Fargate nodes are made for one pod each, hybrid nodes take what is meant for them (EKS user guide), and node groups are somebody's. */
const isSetApart = (node: Node | undefined): boolean =>
  node !== undefined &&
  (isOfAddedGroup(node) ||
    ['fargate', 'hybrid'].includes(node.metadata.labels['eks.amazonaws.com/compute-type'] ?? ''));

/** The Pods that a Deployment owns through its ReplicaSets. */
export function podsOf(cluster: WorldCluster, deployment: Deployment): Pod[] {
  const replicaSets = replicaSetsOf(cluster, deployment);
  return objectsOf(cluster, 'Pod').filter((pod) => replicaSets.some((replicaSet) => isOwnedBy(pod, replicaSet)));
}

const availability = (since: string) => ({
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  message: 'Deployment has minimum availability.',
  lastTransitionTime: since,
  lastUpdateTime: since,
});
