import { kubeProxyContainer } from '../world/kube-proxy-add-on.ts';
import { setCni } from '../world/network/vpc-cni.ts';
import { objectOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { followDaemonSet } from './daemon-set.ts';

/**
 * What EKS does with `--resolve-conflicts OVERWRITE`: it writes its own settings, and those of the configuration, over those that somebody
 * changed. The lab knows kube-proxy's and the environment of the VPC CNI.
 */
export function rewriteAddOn(world: World, cluster: WorldCluster, name: string): void {
  if (name === 'kube-proxy') rewriteKubeProxy(world, cluster);
  if (name === 'vpc-cni') rewriteCni(cluster);
}

function rewriteKubeProxy(world: World, cluster: WorldCluster): void {
  const daemonSet = objectOf(cluster, 'DaemonSet', { namespace: 'kube-system', name: 'kube-proxy' });
  daemonSet.metadata.generation = (daemonSet.metadata.generation ?? 1) + 1;
  daemonSet.spec.template.spec.containers = [kubeProxyContainer()];
  followDaemonSet(world, cluster, daemonSet);
}

function rewriteCni(cluster: WorldCluster): void {
  const { env = {} } = JSON.parse(cluster.addOnConfigurations?.['vpc-cni'] ?? '{}') as { env?: Record<string, string> };
  setCni(cluster, {
    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'false',
    AWS_VPC_CNI_NODE_PORT_SUPPORT: 'true',
    ENABLE_POD_ENI: 'false',
    NETWORK_POLICY_ENFORCING_MODE: 'standard',
    ...env,
  });
}
