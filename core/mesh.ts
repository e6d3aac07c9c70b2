import type { Pod } from './kubernetes.ts';

const proxies = ['istio-proxy', 'linkerd-proxy', 'consul-dataplane', 'kuma-sidecar'];

/** The name of the service mesh's proxy container that takes the pod's connections; a native sidecar is an init container. */
export const meshProxyOf = ({ spec }: Pod): string | undefined =>
  [...spec.containers, ...spec.initContainers].find(({ name }) => proxies.includes(name))?.name;
