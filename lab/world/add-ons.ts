import { addKubeProxy, nodeNameFromSpec, registry } from './kube-proxy-add-on.ts';
import { addLeaderLease } from './leader-lease.ts';
import { day } from './moment.ts';
import { metadata, put } from './object.ts';
import { addDaemonSet } from './pod/daemon-set.ts';
import { addWorkload } from './pod/workload.ts';
import type { World, WorldCluster } from './world.ts';

/** Where the Deployment of the AWS Load Balancer Controller is. */
export const loadBalancerController = { namespace: 'kube-system', name: 'aws-load-balancer-controller' };

/** Adds what every EKS cluster runs: kube-proxy, aws-node, coredns and the AWS Load Balancer Controller. */
export function addAddOns(world: World, cluster: WorldCluster): void {
  addKubeProxy(world, cluster);
  addDaemonSet(world, cluster, {
    name: 'aws-node',
    container: {
      name: 'aws-node',
      image: `${registry}/amazon-k8s-cni:v1.20.1-eksbuild.3`,
      env: [
        { name: 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG', value: 'false' },
        { name: 'AWS_VPC_CNI_NODE_PORT_SUPPORT', value: 'true' },
        { name: 'ENABLE_POD_ENI', value: 'false' },
        { name: 'NETWORK_POLICY_ENFORCING_MODE', value: 'standard' },
        nodeNameFromSpec('MY_NODE_NAME'),
      ],
    },
    log: ['{"level":"info","msg":"Successfully copied CNI plugin binary and config file."}'],
  });
  addWorkload(world, cluster, {
    namespace: 'kube-system',
    name: 'coredns',
    image: `${registry}/eks/coredns:v1.12.2-eksbuild.4`,
    labels: { 'k8s-app': 'kube-dns' },
    replicas: 2,
    port: 53,
    portName: 'dns-tcp',
    readinessProbe: null,
    behaviour: { kind: 'tcp' },
    ageSeconds: 19 * day,
  });
  addDnsService(world, cluster);
  addWorkload(world, cluster, {
    ...loadBalancerController,
    image: 'public.ecr.aws/eks/aws-load-balancer-controller:v2.13.4',
    args: [`--cluster-name=${cluster.cluster.name}`, '--ingress-class=alb'],
    labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
    replicas: 2,
    port: 9443,
    portName: 'webhook-server',
    readinessProbe: null,
    behaviour: { kind: 'http', paths: { '*': 404 }, tls: {} },
    ageSeconds: 19 * day,
  });
  addLeaderLease(world, cluster, 'aws-load-balancer-controller_0d4f3c52-6f0e-4b0e-8f0a-3c2f6f8f3a11');
}

function addDnsService(world: World, cluster: WorldCluster): void {
  put(cluster, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(world, cluster, {
      kind: 'Service',
      namespace: 'kube-system',
      name: 'kube-dns',
      labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true' },
      ageSeconds: 20 * day,
    }),
    spec: {
      type: 'ClusterIP',
      clusterIP: '172.20.0.10',
      clusterIPs: ['172.20.0.10'],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 }],
      selector: { 'k8s-app': 'kube-dns' },
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  });
}
