import type { ContainerSpec } from './kubernetes-object.ts';
import { addDaemonSet } from './pod/daemon-set.ts';
import { addSystemConfigMap } from './system-config-map.ts';
import type { World, WorldCluster } from './world.ts';

/** Where EKS pulls its add-ons from in eu-west-1. */
export const registry = '602401143452.dkr.ecr.eu-west-1.amazonaws.com';

/**
 * Adds kube-proxy, which is told its node's name by `--hostname-override`, as the managed add-on does
 * (amazon-eks-user-guide, nodes/hybrid-nodes-proxy.adoc).
 */
export function addKubeProxy(world: World, cluster: WorldCluster): void {
  addDaemonSet(world, cluster, {
    name: 'kube-proxy',
    container: kubeProxyContainer(),
    log: ['I1102 10:00:00.000000       1 server.go:715] "Version info" version="v1.33.3"'],
  });
  addSystemConfigMap(world, cluster, {
    name: 'kube-proxy-config',
    labels: { 'eks.amazonaws.com/component': 'kube-proxy', 'k8s-app': 'kube-proxy' },
    data: { config: kubeProxyConfiguration },
  });
}

/** The container as the managed add-on writes it. */
export const kubeProxyContainer = (): ContainerSpec => ({
  name: 'kube-proxy',
  image: `${registry}/eks/kube-proxy:v1.33.3-minimal-eksbuild.4`,
  command: ['kube-proxy', '--v=2', '--config=/var/lib/kube-proxy-config/config', '--hostname-override=$(NODE_NAME)'],
  env: [nodeNameFromSpec('NODE_NAME')],
  resources: { requests: { cpu: '100m' } },
  securityContext: { privileged: true },
});

/** An environment variable that holds the name of the pod's node. */
export const nodeNameFromSpec = (name: string) => ({
  name,
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } },
});

const kubeProxyConfiguration = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
clientConnection:
  acceptContentTypes: ""
  burst: 10
  contentType: application/vnd.kubernetes.protobuf
  kubeconfig: /var/lib/kube-proxy/kubeconfig
  qps: 5
clusterCIDR: ""
configSyncPeriod: 15m0s
conntrack:
  maxPerCore: 32768
  min: 131072
  tcpCloseWaitTimeout: 1h0m0s
  tcpEstablishedTimeout: 24h0m0s
enableProfiling: false
healthzBindAddress: 0.0.0.0:10256
hostnameOverride: ""
iptables:
  masqueradeAll: false
  masqueradeBit: 14
  minSyncPeriod: 0s
  syncPeriod: 30s
kind: KubeProxyConfiguration
metricsBindAddress: 0.0.0.0:10249
mode: iptables
nodePortAddresses: null
oomScoreAdj: -998
portRange: ""
`;
