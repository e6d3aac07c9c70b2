import { copyOf } from '../../copy.ts';
import { nameSuffix } from '../identifier.ts';
import type { ContainerSpec, DaemonSet } from '../kubernetes-object.ts';
import { day } from '../moment.ts';
import { metadata, objectsOf, put } from '../object.ts';
import type { World, WorldCluster } from '../world.ts';
import { addPod } from './pod.ts';

export interface DaemonSetOptions {
  name: string;
  container: ContainerSpec;
  log: string[];
}

/** Adds a DaemonSet of kube-system with one host-network Pod on each node. */
export function addDaemonSet(world: World, cluster: WorldCluster, options: DaemonSetOptions): DaemonSet {
  const { name, container, log } = options;
  const labels = { 'k8s-app': name };
  const nodes = objectsOf(cluster, 'Node');
  const daemonSet = put(cluster, {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata(world, cluster, {
      kind: 'DaemonSet',
      namespace: 'kube-system',
      name,
      labels: { ...labels, 'eks.amazonaws.com/component': name },
      ageSeconds: 20 * day,
    }),
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [container], hostNetwork: true, tolerations: [{ operator: 'Exists' }] },
      },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
    },
    status: {
      currentNumberScheduled: nodes.length,
      desiredNumberScheduled: nodes.length,
      numberAvailable: nodes.length,
      numberMisscheduled: 0,
      numberReady: nodes.length,
      observedGeneration: 1,
      updatedNumberScheduled: nodes.length,
    },
  });
  for (const node of nodes) {
    const nodeName = node.metadata.name;
    addPod(world, cluster, {
      namespace: 'kube-system',
      name: `${name}-${nameSuffix(`${cluster.cluster.name} ${name} ${nodeName}`, 5)}`,
      labels,
      owner: daemonSet,
      nodeName,
      containers: [copyOf(container)],
      hostNetwork: true,
      ageSeconds: 20 * day - 60,
      log,
    });
  }
  return daemonSet;
}
