import type { KubernetesSlices } from '../../../io/kubernetes/cluster.ts';

/**
 * Leaves out what an API server adds by itself and the lab's clusters do without: the Service of the API, the zone of a
 * pod's node as labels of the pod (admission plugin PodTopologyLabels, since 1.35), a mark on each DaemonSet, and what
 * its allocators of addresses and ports say when a Service comes back soon after it went.
 */
export const withoutAdditions = (slices: KubernetesSlices): KubernetesSlices => ({
  ...slices,
  services: slices.services.filter(({ metadata: { namespace, name } }) => `${namespace}/${name}` !== apiService),
  pods: slices.pods.map((pod) => ({
    ...pod,
    metadata: { ...pod.metadata, labels: without(topology, pod.metadata.labels) },
  })),
  events: slices.events.filter(({ reportingController }) => !allocators.includes(reportingController ?? '')),
  workloads: slices.workloads.map((workload) => ({
    ...workload,
    metadata: { ...workload.metadata, annotations: without(generation, workload.metadata.annotations) },
  })),
});

const apiService = 'default/kubernetes';
const allocators = ['ipallocator-repair-controller', 'portallocator-repair-controller'];
const topology = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];
const generation = ['deprecated.daemonset.template.generation'];

const without = (keys: string[], map: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
