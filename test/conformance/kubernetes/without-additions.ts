import type { ObjectMeta } from '../../../core/model/kubernetes.ts';
import type { KubernetesSlices } from '../../../io/kubernetes/cluster.ts';

/**
 * Leaves out what an API server adds by itself and the lab's clusters do without: the Service of the API, the zone of a
 * pod's node as labels of the pod (admission plugin PodTopologyLabels, since 1.35), a mark on each DaemonSet, what
 * its allocators of addresses and ports say when a Service comes back soon after it went, and when the tests wrote an object.
 */
export const withoutAdditions = (slices: KubernetesSlices): KubernetesSlices => ({
  ...slices,
  targetGroupBindings: slices.targetGroupBindings.map(unwritten),
  networkPolicies: slices.networkPolicies.map(unwritten),
  services: slices.services
    .filter(({ metadata: { namespace, name } }) => `${namespace}/${name}` !== apiService)
    .map(unwritten)
    .map(({ status: { loadBalancer }, ...service }) => ({ ...service, status: { loadBalancer } })),
  pods: slices.pods.map((pod) => ({
    ...pod,
    metadata: { ...pod.metadata, labels: without(topology, pod.metadata.labels) },
  })),
  events: slices.events.filter(({ reportingController }) => !allocators.includes(reportingController ?? '')),
  workloads: slices.workloads.map(unwritten).map((workload) => ({
    ...workload,
    metadata: { ...workload.metadata, annotations: without(generation, workload.metadata.annotations) },
  })),
});

/** The manager of writes by a client that does not say who it is, as that of the tests. */
const loader = 'unknown';

function unwritten<Read extends { metadata: ObjectMeta }>(object: Read): Read {
  const { writes = [], ...metadata } = object.metadata;
  const others = writes.filter(({ manager }) => manager !== loader);
  return { ...object, metadata: others.length === 0 ? metadata : { ...metadata, writes: others } };
}

const apiService = 'default/kubernetes';
/** Their events come at a moment of their own choice. */
export const allocators = ['ipallocator-repair-controller', 'portallocator-repair-controller'];
const topology = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];
const generation = ['deprecated.daemonset.template.generation'];

const without = (keys: string[], map: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
