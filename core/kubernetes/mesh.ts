import type { Pod } from '../model/kubernetes.ts';

/** The proxy containers of service meshes, and the annotation of a pod by which each lets inbound ports alone. */
const exemptions = new Map([
  ['istio-proxy', 'traffic.sidecar.istio.io/excludeInboundPorts'],
  ['linkerd-proxy', 'config.linkerd.io/skip-inbound-ports'],
  ['consul-dataplane', 'consul.hashicorp.com/transparent-proxy-exclude-inbound-ports'],
  ['kuma-sidecar', 'traffic.kuma.io/exclude-inbound-ports'],
]);

/**
 * The name of the service mesh's proxy container that takes the connections of the pod's application; a native sidecar is
 * an init container. A gateway of the mesh, which has no container but the proxy, is its own application.
 */
export function meshProxyOf({ spec }: Pod): string | undefined {
  const proxy = [...spec.containers, ...spec.initContainers].find(({ name }) => exemptions.has(name))?.name;
  return spec.containers.every(({ name }) => name === proxy) ? undefined : proxy;
}

/** The annotation that lists the inbound ports which this proxy does not take. */
export const exemptionOf = (proxy: string): string => exemptions.get(proxy) ?? '';

/** True where the mesh's proxy takes what comes to this port of the pod. */
export function isTakenByMesh(pod: Pod, port: number): boolean {
  const proxy = meshProxyOf(pod);
  if (proxy === undefined) return false;
  const exempt = pod.metadata.annotations[exemptionOf(proxy)] ?? '';
  return !exempt.split(',').some((part) => isWithin(port, part.trim()));
}

/** Linkerd takes ranges such as `8000-9000` too. */
function isWithin(port: number, part: string): boolean {
  const [from = 0, to = from] = part.split('-').map(Number);
  return part !== '' && port >= from && port <= to;
}
