import type { DaemonSet } from '../kubernetes-object.ts';
import { objectOf, objectsOf } from '../object.ts';
import { addSystemConfigMap } from '../system-config-map.ts';
import type { World, WorldCluster } from '../world.ts';

/** Sets environment variables of the VPC CNI, as `kubectl set env daemonset/aws-node` does, and restarts it everywhere. */
export function setCni(cluster: WorldCluster, variables: Record<string, string>): void {
  for (const spec of agentSpecs(cluster)) {
    for (const container of spec.containers) {
      if (container.name !== 'aws-node') continue;
      const rest = (container.env ?? []).filter(({ name }) => !(name in variables));
      container.env = [...rest, ...Object.entries(variables).map(([name, value]) => ({ name, value }))];
    }
  }
}

/** The value of an environment variable of the VPC CNI. */
export const cniVariable = (cluster: WorldCluster, wanted: string): string | undefined =>
  daemonSetOf(cluster)
    ?.spec.template.spec.containers.find(({ name }) => name === 'aws-node')
    ?.env?.find(({ name }) => name === wanted)?.value;

/**
 * Lets the VPC CNI enforce NetworkPolicies: the add-on's `enableNetworkPolicy` adds the agent to aws-node and switches the
 * controller on (amazon-eks-user-guide, networking/eks-networking-add-ons.adoc).
 */
export function enforceNetworkPolicies(world: World, cluster: WorldCluster): void {
  for (const spec of agentSpecs(cluster)) {
    spec.containers.push({
      name: 'aws-eks-nodeagent',
      image: '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2.4-eksbuild.1',
      args: ['--enable-ipv6=false', '--enable-network-policy=true', '--enable-cloudwatch-logs=false'],
      env: [],
    });
  }
  addSystemConfigMap(world, cluster, {
    name: 'amazon-vpc-cni',
    data: { 'enable-network-policy-controller': 'true', 'enable-windows-ipam': 'false' },
  });
}

/** True while the agent of the VPC CNI enforces NetworkPolicies. */
export const enforcesNetworkPolicies = (cluster: WorldCluster): boolean =>
  (daemonSetOf(cluster)?.spec.template.spec.containers ?? []).some(({ args = [] }) =>
    args.includes('--enable-network-policy=true'),
  );

const daemonSetOf = (cluster: WorldCluster): DaemonSet | undefined =>
  objectsOf(cluster, 'DaemonSet').find(({ metadata: { name } }) => name === 'aws-node');

/** The pod template of aws-node and the pods made of it. */
const agentSpecs = (cluster: WorldCluster) => [
  objectOf(cluster, 'DaemonSet', { namespace: 'kube-system', name: 'aws-node' }).spec.template.spec,
  ...objectsOf(cluster, 'Pod')
    .filter((pod) => pod.metadata.labels['k8s-app'] === 'aws-node')
    .map((pod) => pod.spec),
];
