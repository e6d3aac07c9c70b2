import type { ServicePort } from '../../core/model/kubernetes.ts';
import type { Node, Pod, Service } from '../world/kubernetes-object.ts';
import { inCidr } from '../world/network/address.ts';
import { nodeAddress } from '../world/network/node.ts';
import { objectsOf } from '../world/object.ts';
import type { Behaviour, WorldCluster } from '../world/world.ts';
import { endpointsOf, type ServiceEndpoint } from './endpoint-slices.ts';
import { isReady, readyCondition } from './kubelet.ts';

/** What kube-proxy does with a connection to a port of its node. */
export type Verdict =
  | { kind: 'answer'; behaviour: Behaviour }
  /** `keepsSender` = the node does not put its own address in place of the sender's. */
  | { kind: 'forward'; endpoint: ServiceEndpoint; keepsSender: boolean }
  | { kind: 'drop' }
  | { kind: 'reject' };

/** The port of kube-proxy's own health server, `healthzBindAddress`. */
export const healthzPort = 10256;

/**
 * The rules that the service proxy of one node programs, by port: kube-proxy in iptables mode (kubernetes/kubernetes
 * pkg/proxy/iptables/proxier.go and pkg/proxy/healthcheck), or instead of it Cilium, or kube-router, which
 * serves no healthCheckNodePort. Without any there are none.
 */
export function kubeProxyRules(cluster: WorldCluster, node: Node): Map<number, Verdict> {
  const rules = new Map<number, Verdict>();
  const proxy = proxyOf(cluster, node);
  if (proxy === undefined) return rules;
  const { writesRulesUntil, healthServer } = proxy;
  if (proxy.healthz !== undefined) rules.set(healthzPort, { kind: 'answer', behaviour: healthz(proxy.healthz, node) });

  const ownName = cluster.kubeProxyNames[node.metadata.name] ?? node.metadata.name;
  const turn = objectsOf(cluster, 'Node').indexOf(node);
  for (const service of objectsOf(cluster, 'Service')) {
    const { ports, externalTrafficPolicy, healthCheckNodePort } = service.spec;
    const { creationTimestamp } = service.metadata;
    if (writesRulesUntil !== undefined && Date.parse(creationTimestamp) > Date.parse(writesRulesUntil)) continue;
    for (const port of ports as ServicePort[]) {
      // A UDP rule leaves TCP packets to the node itself.
      if (port.nodePort === undefined || port.protocol === 'UDP') continue;
      const all = endpointsOf(cluster, service, port);
      const endpoints = usable(all);
      const own =
        externalTrafficPolicy === 'Local' ? usable(all.filter(({ nodeName }) => nodeName === ownName)) : endpoints;
      const verdict = nodePortVerdict(endpoints, own, turn);
      rules.set(
        port.nodePort,
        verdict.kind === 'forward' ? { ...verdict, keepsSender: externalTrafficPolicy === 'Local' } : verdict,
      );
    }
    if (healthCheckNodePort === undefined || !healthServer || isTaken(cluster, node, healthCheckNodePort)) continue;
    const local = endpointsOf(cluster, service, ports[0]).filter(
      ({ ready, nodeName }) => ready && nodeName === ownName,
    );
    rules.set(healthCheckNodePort, { kind: 'answer', behaviour: serviceHealth(service, local.length, proxy) });
  }
  return rules;
}

/** Endpoints on their way out still get traffic while no ready one is left, under Local on their node (KEP-1669). */
function usable(endpoints: ServiceEndpoint[]): ServiceEndpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  return ready.length > 0 ? ready : endpoints.filter((endpoint) => endpoint.servingWhileTerminating);
}

/** kube-proxy picks at random; the lab takes turns by node, so that a world settles the same way each time. */
function nodePortVerdict(all: ServiceEndpoint[], own: ServiceEndpoint[], turn: number): Verdict {
  if (all.length === 0) return { kind: 'reject' };
  const endpoint = own[turn % own.length];
  return endpoint === undefined ? { kind: 'drop' } : { kind: 'forward', endpoint, keepsSender: false };
}

/** The healthCheckNodePort server: any path, 200 with local endpoints while the proxy is well, else 503. */
function serviceHealth(service: Service, localEndpoints: number, { writesRulesUntil }: Proxy): Behaviour {
  const { namespace, name } = service.metadata;
  const serviceProxyHealthy = writesRulesUntil === undefined;
  const body = { service: { namespace, name }, localEndpoints, serviceProxyHealthy };
  return {
    kind: 'http',
    paths: { '*': localEndpoints > 0 && serviceProxyHealthy ? 200 : 503 },
    body: JSON.stringify(body, null, '\t'),
  };
}

/**
 * kube-proxy's own health server: 503 on /healthz while rules cannot be written, and on purpose where the node is about to go, so
 * that load balancers that look there take it out of service (kubernetes/kubernetes pkg/proxy/healthcheck/proxy_health.go,
 * KEP-3836; held against the real server by test/conformance/kube-proxy).
 */
function healthz(healthy: boolean, node: Node): Behaviour {
  const nodeEligible = isEligible(node);
  return {
    kind: 'http',
    paths: { '/healthz': healthy && nodeEligible ? 200 : 503, '/livez': healthy ? 200 : 503, '*': 404 },
    body: JSON.stringify({ nodeEligible, healthy }),
  };
}

const isEligible = ({ metadata, spec }: Node): boolean =>
  metadata.deletionTimestamp === undefined &&
  !(spec.taints ?? []).some(({ key }: { key: string }) => key === 'ToBeDeletedByClusterAutoscaler');

/** How far the service proxy of one node does its work. */
interface Proxy {
  /** Rules written before stay in the kernel, but Services made after this moment have none; absent while it works. */
  writesRulesUntil?: string;
  /** True while it opens the healthCheckNodePorts. */
  healthServer: boolean;
  /** Whether it is well by its own health server, where it has one. */
  healthz?: boolean;
}

function proxyOf(cluster: WorldCluster, node: Node): Proxy | undefined {
  const agent = podOn(cluster, node, 'cilium');
  const settings = agent && configOf(cluster, 'cilium-config');
  if (agent && isReady(agent) && settings?.['kube-proxy-replacement'] === 'true') {
    return { healthServer: settings['enable-health-check-nodeport'] !== 'false' };
  }
  const router = podOn(cluster, node, 'kube-router');
  if (router && isReady(router)) return { healthServer: false };
  const pod = podOn(cluster, node, 'kube-proxy');
  if (pod === undefined) return undefined;
  if (!isReady(pod)) {
    const since = pod.status.phase === 'Pending' ? never : (readyCondition(pod)?.lastTransitionTime ?? never);
    return { writesRulesUntil: since, healthServer: false };
  }
  if (!opensNodePortsAt(cluster, nodeAddress(node))) {
    return { writesRulesUntil: never, healthServer: false, healthz: true };
  }
  const stuckSince = cluster.kubeProxyStuckSince?.[node.metadata.name];
  if (stuckSince === undefined) return { healthServer: true, healthz: true };
  return { writesRulesUntil: stuckSince, healthServer: true, healthz: false };
}

const never = '1970-01-01T00:00:00Z';

const podOn = (cluster: WorldCluster, node: Node, name: string): Pod | undefined =>
  objectsOf(cluster, 'Pod').find(
    (pod) => pod.metadata.labels['k8s-app'] === name && pod.spec.nodeName === node.metadata.name,
  );

const configOf = (cluster: WorldCluster, name: string): Record<string, string> | undefined =>
  objectsOf(cluster, 'ConfigMap').find(({ metadata }) => metadata.name === name)?.data;

/** `nodePortAddresses`: NodePorts and healthCheckNodePorts open only on addresses inside these blocks. */
function opensNodePortsAt(cluster: WorldCluster, address: string): boolean {
  const config = configOf(cluster, 'kube-proxy-config')?.['config'] ?? '';
  const [, list] = /^nodePortAddresses:((?:\n *- .*)+)/m.exec(config) ?? [];
  const blocks = [...(list ?? '').matchAll(/- *"?([^"\s]+)"?/g)].map(([, block]) => block ?? '');
  return blocks.length === 0 || blocks.some((block) => block === 'primary' || inCidr(address, block));
}

/** A process on the host that has bound the port, on whatever address, keeps kube-proxy from opening it. */
const isTaken = (cluster: WorldCluster, node: Node, port: number): boolean =>
  objectsOf(cluster, 'Pod')
    .filter((pod) => pod.spec.hostNetwork && pod.spec.nodeName === node.metadata.name)
    .flatMap(({ metadata }) => cluster.processes[`${metadata.namespace}/${metadata.name}`] ?? [])
    .some((process) => process.port === port);
