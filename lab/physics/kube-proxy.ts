import type { ServicePort } from '../../core/kubernetes.ts';
import { objectsOf } from '../object.ts';
import type { Behaviour, KubernetesObject, WorldCluster } from '../world.ts';
import { endpointsOf, type ServiceEndpoint } from './endpoint-slices.ts';
import { isReady } from './kubelet.ts';

/** What kube-proxy does with a connection to a port of its node. */
export type Verdict =
  | { kind: 'answer'; behaviour: Behaviour }
  | { kind: 'forward'; endpoint: ServiceEndpoint }
  | { kind: 'drop' }
  | { kind: 'reject' };

/** The port of kube-proxy's own health server, `healthzBindAddress`. */
export const healthzPort = 10256;

/**
 * The rules that kube-proxy of one node programs, by port, in iptables mode (kubernetes/kubernetes
 * pkg/proxy/iptables/proxier.go and pkg/proxy/healthcheck). Without a Ready kube-proxy pod there are none.
 */
export function kubeProxyRules(cluster: WorldCluster, node: KubernetesObject): Map<number, Verdict> {
  const rules = new Map<number, Verdict>();
  if (!hasKubeProxy(cluster, node)) return rules;
  rules.set(healthzPort, { kind: 'answer', behaviour: { kind: 'http', paths: { '*': 200 }, body: healthzBody } });

  const ownName = cluster.kubeProxyNames[node['metadata'].name] ?? node['metadata'].name;
  const turn = objectsOf(cluster, 'Node').indexOf(node);
  for (const service of objectsOf(cluster, 'Service')) {
    const { ports, externalTrafficPolicy, healthCheckNodePort } = service['spec'];
    for (const port of ports as ServicePort[]) {
      if (port.nodePort === undefined) continue;
      const endpoints = usable(endpointsOf(cluster, service, port));
      const own =
        externalTrafficPolicy === 'Local' ? endpoints.filter(({ nodeName }) => nodeName === ownName) : endpoints;
      rules.set(port.nodePort, nodePortVerdict(endpoints, own, turn));
    }
    if (healthCheckNodePort === undefined) continue;
    const local = endpointsOf(cluster, service, ports[0]).filter(
      ({ ready, nodeName }) => ready && nodeName === ownName,
    );
    rules.set(healthCheckNodePort, { kind: 'answer', behaviour: serviceHealth(service, local.length) });
  }
  return rules;
}

/** Endpoints on their way out still get traffic while no ready one is left (KEP-1669). */
function usable(endpoints: ServiceEndpoint[]): ServiceEndpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  return ready.length > 0 ? ready : endpoints.filter((endpoint) => endpoint.servingWhileTerminating);
}

/** kube-proxy picks at random; the lab takes turns by node, so that a world settles the same way each time. */
function nodePortVerdict(all: ServiceEndpoint[], own: ServiceEndpoint[], turn: number): Verdict {
  if (all.length === 0) return { kind: 'reject' };
  const endpoint = own[turn % own.length];
  return endpoint === undefined ? { kind: 'drop' } : { kind: 'forward', endpoint };
}

/** The healthCheckNodePort server: any path, 200 with local endpoints and 503 without. */
function serviceHealth(service: KubernetesObject, localEndpoints: number): Behaviour {
  const { namespace, name } = service['metadata'];
  const body = { service: { namespace, name }, localEndpoints, serviceProxyHealthy: true };
  return { kind: 'http', paths: { '*': localEndpoints > 0 ? 200 : 503 }, body: JSON.stringify(body) };
}

const healthzBody = JSON.stringify({ nodeEligible: true });

const hasKubeProxy = (cluster: WorldCluster, node: KubernetesObject): boolean =>
  objectsOf(cluster, 'Pod').some(
    (pod) =>
      pod['metadata'].labels['k8s-app'] === 'kube-proxy' &&
      pod['spec'].nodeName === node['metadata'].name &&
      isReady(pod),
  );
