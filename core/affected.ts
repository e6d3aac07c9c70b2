import type { Target } from './aws.ts';
import type { Group } from './group.ts';
import type { EndpointSlice, Node, Pod, Service } from './kubernetes.ts';
import { isServing } from './pod.ts';
import { endpointsOf, isLocal, isReady, nodeOf, podsOf, serviceOf, servicePortOf } from './service.ts';

/** A pod that leaves a target, or without `target` the whole group, with nothing ready behind it. */
export interface Affected {
  target?: Target;
  pod: Pod;
  service: Service;
}

interface Cluster {
  services: Service[];
  pods: Pod[];
  endpointSlices: EndpointSlice[];
  nodes: Node[];
}

/**
 * Which targets of the group suffer from the pods that `isBad` picks. An ip target suffers from its own pod. Behind
 * instance targets any ready endpoint carries the node, so only a Service without one suffers; under Local a node
 * suffers alone when every pod of the Service on it is out (KK: pkg/proxy/service.go, "externalTrafficPolicy").
 */
export function affectedBy(group: Group, cluster: Cluster, isBad: (pod: Pod) => boolean): Affected[] {
  const service = serviceOf(group, cluster.services);
  if (service === undefined) return [];
  const pods = podsOf(service, cluster.pods).filter(isServing);
  const bad = pods.filter(isBad);
  const ready = endpointsOf(service, servicePortOf(group, service), cluster.endpointSlices).filter(isReady);

  if (group.targetGroup.targetType === 'ip') {
    if (group.targets.length === 0 && ready.length === 0) return bad.map((pod) => ({ pod, service }));
    return group.notHealthy.flatMap((target) =>
      bad.filter((pod) => pod.status.podIPs.includes(target.id)).map((pod) => ({ target, pod, service })),
    );
  }
  if (ready.length === 0) return bad.map((pod) => ({ pod, service }));
  if (!isLocal(group, service)) return [];
  return group.unhealthy.flatMap((target) => {
    const node = nodeOf(target, cluster.nodes)?.metadata.name;
    if (node === undefined || ready.some(({ nodeName }) => nodeName === node)) return [];
    return bad.filter(({ spec }) => spec.nodeName === node).map((pod) => ({ target, pod, service }));
  });
}
