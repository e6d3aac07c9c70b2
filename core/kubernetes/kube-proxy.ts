import type { Target } from '../model/aws.ts';
import { derived, under } from '../model/indexed.ts';
import type { ConfigMap, Node, Pod, Service, Workload } from '../model/kubernetes.ts';
import type { ProbeResult } from '../model/probe-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { contains, isIpv6 } from '../network/address.ts';
import { isWindowsNode } from './node.ts';
import { isPodReady } from './pod.ts';
import { kindAndName } from './workload.ts';

/** kube-proxy's own health server, `healthzBindAddress` by default. */
export const healthzPort = 10256;

/** True where kube-proxy itself answers the health check, whatever the pods are like. */
export const isAnsweredByKubeProxy = (
  { healthCheckPort }: Target,
  { targetGroup }: TargetGroupContext,
  service?: Service,
): boolean =>
  healthCheckPort === service?.spec.healthCheckNodePort ||
  (targetGroup.targetType === 'instance' && healthCheckPort === healthzPort);

/** Body of kube-proxy's answer on a healthCheckNodePort (KK: pkg/proxy/healthcheck/service_health.go). */
export interface KubeProxyHealth {
  status: number;
  localEndpoints: number;
  /** Absent in the answers of older versions. */
  serviceProxyHealthy?: boolean;
}

/** kube-proxy's word on the node, or undefined when something else answered or nothing did. */
export function kubeProxyHealth(probe: ProbeResult | undefined): KubeProxyHealth | undefined {
  if (probe?.outcome.kind !== 'http') return undefined;
  const { localEndpoints, serviceProxyHealthy } = bodyOf(probe.outcome);
  if (typeof localEndpoints !== 'number') return undefined;
  return {
    status: probe.outcome.status,
    localEndpoints,
    ...(typeof serviceProxyHealthy === 'boolean' && { serviceProxyHealthy }),
  };
}

/**
 * True where kube-proxy answers 503 on port 10256 because of itself: it does so too on a node that is about to go, and its body then
 * says `nodeEligible: false`; newer versions also say there whether kube-proxy works (KK: pkg/proxy/healthcheck/proxy_health.go).
 */
export function saysUnwell(probe: ProbeResult | undefined): boolean {
  if (probe?.outcome.kind !== 'http' || probe.outcome.status !== 503) return false;
  const { nodeEligible, healthy } = bodyOf(probe.outcome);
  return nodeEligible !== false || healthy === false;
}

/** The fields of an answer in JSON; none of anything else. */
function bodyOf({ body: text = '' }: { body?: string }): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

/**
 * Seconds between kube-proxy's last sync and its answer on port 10256, by the body of that answer (KK:
 * pkg/proxy/healthcheck/proxy_health.go); undefined where the body does not say. The times of each family, which follow
 * since Kubernetes 1.33, grow old where nothing changes.
 */
export function driftAt(probe: ProbeResult | undefined): number | undefined {
  if (probe?.outcome.kind !== 'http') return undefined;
  const times = (probe.outcome.body ?? '').matchAll(
    /"(lastUpdated|currentTime)"\s*:\s*"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/g,
  );
  const { lastUpdated, currentTime } = Object.fromEntries(
    [...times].map(([, name, day, time]) => [name, Date.parse(`${day}T${time}Z`)]).toReversed(),
  );
  return lastUpdated === undefined || currentTime === undefined ? undefined : (currentTime - lastUpdated) / 1000;
}

/** True when kube-proxy is told its node's name by flag or configuration; undefined when neither could be seen. */
export function overridesNodeName(workloads: Workload[], configMaps: ConfigMap[]): boolean | undefined {
  const daemonSet = kubeProxyDaemonSet(workloads);
  if (daemonSet === undefined) return undefined;
  const words = daemonSet.spec.template.containers.flatMap(({ command, args }) => [...command, ...args]);
  if (words.some((word) => word.includes('--hostname-override'))) return true;
  const configuration = configMaps.find(({ metadata }) => metadata.name === 'kube-proxy-config')?.data['config'];
  return configuration !== undefined && /^hostnameOverride:\s*["']?[^"'\s]/m.test(configuration);
}

/** The DaemonSet of kube-proxy; EKS Auto Mode and replacements of kube-proxy have none. */
export const kubeProxyDaemonSet = (workloads: Workload[]): Workload | undefined =>
  under(workloads, kindAndName, 'DaemonSet kube-system/kube-proxy')[0];

/** True for kube-proxy's own pods, by the label of its DaemonSet. */
export const isKubeProxy = ({ metadata }: Pod): boolean =>
  metadata.namespace === 'kube-system' && metadata.labels['k8s-app'] === 'kube-proxy';

/** kube-proxy's pod on the node; the one that is ready where an old one is still leaving. */
export function kubeProxyPodOn(node: Node, pods: Pod[]): Pod | undefined {
  const own = under(pods, proxiedNode, node.metadata.name);
  return own.find(isPodReady) ?? own[0];
}

/** True where some node has a pod of kube-proxy. */
export const hasKubeProxyPods = (pods: Pod[]): boolean => derived(pods, [isKubeProxy], () => pods.some(isKubeProxy));

const proxiedNode = (pod: Pod) => (isKubeProxy(pod) ? [pod.spec.nodeName] : []);

/** True where kube-proxy is a process of the system and has no pod: on Windows and in EKS Auto Mode (EKS user guide). */
export const runsKubeProxyAsProcess = (node: Node): boolean =>
  isWindowsNode(node) || node.metadata.labels['eks.amazonaws.com/compute-type'] === 'auto';

/** True when kube-proxy's pod on the node is ready. */
export function runsKubeProxy(node: Node | undefined, pods: Pod[]): boolean {
  const pod = node && kubeProxyPodOn(node, pods);
  return pod !== undefined && isPodReady(pod);
}

/** The same, or where it is a process of the system, that its health server answers. */
export const isKubeProxyUp = (node: Node | undefined, pods: Pod[], healthz: ProbeResult | undefined): boolean =>
  runsKubeProxy(node, pods) || (node !== undefined && runsKubeProxyAsProcess(node) && healthz?.outcome.kind === 'http');

/**
 * The CIDR blocks in which kube-proxy opens NodePorts; empty = every address of the node. A configuration file makes
 * kube-proxy ignore the flag (KK: cmd/kube-proxy/app/options.go).
 */
export const nodePortAddresses = (workloads: Workload[], configMaps: ConfigMap[]): string[] =>
  derived(workloads, [nodePortAddresses, configMaps], () => readNodePortAddresses(workloads, configMaps));

function readNodePortAddresses(workloads: Workload[], configMaps: ConfigMap[]): string[] {
  const containers = kubeProxyDaemonSet(workloads)?.spec.template.containers ?? [];
  const words = containers.flatMap(({ command, args }) => [...command, ...args]);
  const flag = words.flatMap((word) => /^--nodeport-addresses=(.+)$/.exec(word)?.[1] ?? []).at(-1);
  if (flag !== undefined && !words.some((word) => /^--config(=|$)/.test(word))) return flag.split(',');
  const text = configMaps
    .map(({ data }) => data['config'] ?? data['config.conf'])
    .find((config) => config?.includes('KubeProxyConfiguration'));
  const [, inline, block] =
    /^nodePortAddresses:(?:[ \t]*\[([^\]]*)\]|((?:\n[ \t]*-[ \t]*\S+)+))/m.exec(text ?? '') ?? [];
  return [...(inline ?? block ?? '').matchAll(/[^\s,"'-][^\s,"']*/g)].map(([entry]) => entry);
}

/**
 * True when NodePorts open on this address: `primary` is the node's own address, and a family without a block is open on
 * all of its addresses (KK: pkg/proxy/util/nodeport_addresses.go).
 */
export function opensNodePortsOn(address: string, blocks: string[]): boolean {
  const own = blocks.filter((block) => block === 'primary' || isIpv6(block) === isIpv6(address));
  return own.length === 0 || own.some((block) => block === 'primary' || contains(block, address));
}
