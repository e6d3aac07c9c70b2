import { addSystemConfigMap } from '../world/system-config-map.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { replaceKubeProxy } from './replace-kube-proxy.ts';

/** Cilium, chained behind the VPC CNI, in the place of kube-proxy; `settings` are added to its ConfigMap. */
export function runCilium(world: World, cluster: WorldCluster, settings: Record<string, string> = {}): void {
  replaceKubeProxy(world, cluster, {
    name: 'cilium',
    container: { name: 'cilium-agent', image: 'quay.io/cilium/cilium:v1.17.6' },
    log: ['level=info msg="Initializing daemon"'],
  });
  addSystemConfigMap(world, cluster, {
    name: 'cilium-config',
    data: { 'cni-chaining-mode': 'aws-cni', 'kube-proxy-replacement': 'true', 'routing-mode': 'native', ...settings },
  });
}
