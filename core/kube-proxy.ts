import type { ConfigMap, Workload } from './kubernetes.ts';
import type { Probe } from './probe.ts';

/** Body of kube-proxy's answer on a healthCheckNodePort (KK: pkg/proxy/healthcheck/service_health.go). */
export interface KubeProxyHealth {
  status: number;
  localEndpoints: number;
  /** Absent in the answers of older versions. */
  serviceProxyHealthy?: boolean;
}

/** kube-proxy's word on the node, or undefined when something else answered or nothing did. */
export function kubeProxyHealth(probe: Probe | undefined): KubeProxyHealth | undefined {
  if (probe?.outcome.kind !== 'http') return undefined;
  try {
    const body: unknown = JSON.parse(probe.outcome.body ?? '');
    if (typeof body !== 'object' || body === null || !('localEndpoints' in body)) return undefined;
    if (typeof body.localEndpoints !== 'number') return undefined;
    const healthy =
      'serviceProxyHealthy' in body && typeof body.serviceProxyHealthy === 'boolean'
        ? body.serviceProxyHealthy
        : undefined;
    return {
      status: probe.outcome.status,
      localEndpoints: body.localEndpoints,
      ...(healthy !== undefined && { serviceProxyHealthy: healthy }),
    };
  } catch {
    return undefined;
  }
}

/** True when kube-proxy is told its node's name by flag or configuration; undefined when neither could be seen. */
export function overridesNodeName(workloads: Workload[], configMaps: ConfigMap[]): boolean | undefined {
  const daemonSet = workloads.find(
    ({ kind, metadata }) =>
      kind === 'DaemonSet' && metadata.namespace === 'kube-system' && metadata.name === 'kube-proxy',
  );
  if (daemonSet === undefined) return undefined;
  const words = daemonSet.spec.template.containers.flatMap(({ command, args }) => [...command, ...args]);
  if (words.some((word) => word.includes('--hostname-override'))) return true;
  const configuration = configMaps.find(({ metadata }) => metadata.name === 'kube-proxy-config')?.data['config'];
  return configuration !== undefined && /^hostnameOverride:\s*["']?[^"'\s]/m.test(configuration);
}
