import { derived, under } from '../model/indexed.ts';
import type { ConfigMap, Node, Pod, Workload } from '../model/kubernetes.ts';
import { hasKubeProxyPods, kubeProxyDaemonSet, runsKubeProxyAsProcess } from './kube-proxy.ts';
import { ebpfVariable } from './telling-variables.ts';

/** What runs instead of kube-proxy: it forwards NodePorts, and may serve healthCheckNodePorts. */
export type Replacement = 'Cilium' | 'Calico' | 'Antrea' | 'kube-router';

/** The label `k8s-app` of each one's agents, by their manifests; Antrea labels with `component`. */
export const agentOf: Record<Replacement, string> = {
  Cilium: 'cilium',
  Calico: 'calico-node',
  Antrea: 'antrea-agent',
  'kube-router': 'kube-router',
};

interface Seen {
  workloads: Workload[];
  configMaps: ConfigMap[] | undefined;
  pods: Pod[];
}

/**
 * What forwards NodePorts and serves healthCheckNodePorts on this node; undefined where nothing known does. The one answer
 * to "does kube-proxy run here?".
 */
export const serviceProxyOn = (
  node: Node,
  { workloads, configMaps, pods }: Seen,
): 'kube-proxy' | Replacement | undefined => {
  if (runsKubeProxyAsProcess(node)) return 'kube-proxy';
  const replacement = replacementOf(workloads, configMaps ?? []);
  if (replacement !== undefined) return replacement;
  return hasKubeProxyPods(pods) || kubeProxyDaemonSet(workloads) !== undefined ? 'kube-proxy' : undefined;
};

/** kube-router has no server for healthCheckNodePorts (kube-router:pkg/controllers/proxy); the others open them like kube-proxy. */
export const servesHealthChecks = (proxy: Replacement): boolean => proxy !== 'kube-router';

/**
 * What stands in for kube-proxy in this cluster: by its own settings, else because kube-proxy runs nowhere. The guides of Cilium
 * and Calico leave its DaemonSet there, with a node selector that no node fits.
 */
export const replacementOf = (workloads: Workload[], configMaps: ConfigMap[]): Replacement | undefined =>
  derived(workloads, [replacementOf, configMaps], () => replacementAmong(workloads, configMaps));

function replacementAmong(workloads: Workload[], configMaps: ConfigMap[]): Replacement | undefined {
  const kubeProxyIsGone = (kubeProxyDaemonSet(workloads)?.spec.replicas ?? 0) === 0;
  const isThere = (name: string) => daemonSets(workloads, name).length > 0;
  if (replacementSettings(workloads, configMaps) !== undefined) return 'Cilium';
  if (daemonSets(workloads, 'calico-node').some(hasEbpf)) return 'Calico';
  if (!kubeProxyIsGone) return undefined;
  if (isThere('cilium')) return 'Cilium';
  if (isThere('calico-node')) return 'Calico';
  if (isThere('antrea-agent')) return 'Antrea';
  return isThere('kube-router') ? 'kube-router' : undefined;
}

/** What else than the VPC CNI and kube-proxy has a hand in packets: a replacement of kube-proxy, or Cilium chained behind the VPC CNI. */
export const pluginOf = (workloads: Workload[], configMaps: ConfigMap[]): Replacement | undefined =>
  replacementOf(workloads, configMaps) ?? (daemonSets(workloads, 'cilium').length > 0 ? 'Cilium' : undefined);

/** Settings of Cilium where it stands in for kube-proxy (cilium-config, `kube-proxy-replacement`), else undefined. */
export function replacementSettings(
  workloads: Workload[],
  configMaps: ConfigMap[],
): Record<string, string> | undefined {
  const settings = configMaps.find(({ metadata }) => metadata.name === 'cilium-config')?.data;
  const isOn = ['true', 'strict'].includes(settings?.['kube-proxy-replacement'] ?? '');
  return isOn && daemonSets(workloads, 'cilium').length > 0 ? settings : undefined;
}

const hasEbpf = ({ spec }: Workload): boolean =>
  spec.template.containers.some(({ env }) =>
    env.some(({ name, value }) => name === ebpfVariable && value?.toLowerCase() === 'true'),
  );

/** Operators put them into namespaces of their own. */
const daemonSets = (workloads: Workload[], name: string): Workload[] => under(workloads, daemonSetName, name);

const daemonSetName = ({ kind, metadata }: Workload) => (kind === 'DaemonSet' ? [metadata.name] : []);
