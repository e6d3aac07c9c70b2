import type { Variant } from './scenario.ts';

/** What the lines "Applies" and "Traps" of the catalogue say about single faults; a fault that is not here can happen in any variant. */
const limits: Record<string, Variant> = {
  'etp-local-no-local-pod': { targetType: 'instance', externalTrafficPolicy: 'Local' },
  'etp-local-only-terminating-endpoints': { targetType: 'instance', externalTrafficPolicy: 'Local' },
  'fargate-with-instance-targets': { targetType: 'instance' },
  // With ip targets it asks the pods, and under Local nodes without one have a cause of their own.
  'no-endpoint-behind-healthy-targets': { targetType: 'instance', externalTrafficPolicy: 'Cluster' },
  // Under Local the health check goes to kube-proxy, which speaks no TLS: hc-protocol-tls-mismatch.
  'hc-https-tls13-only': { externalTrafficPolicy: 'Cluster' },
  'hc-named-port-unresolvable': { targetType: 'ip', controller: 'lbc' },
  // cloud-provider-aws leaves the time-out at 10 s, and an interval below that is refused: no target group comes about.
  'hc-thresholds-too-tight': { controller: 'lbc' },
  'ip-target-unroutable-or-outside-vpc': { targetType: 'ip' },
  // With instances in other zones than the load balancer it is lb-az-not-enabled-for-target as well.
  'lb-subnet-or-eni-broken': { targetType: 'ip' },
  // cloud-provider-aws leaves out what is no EC2 instance.
  'hybrid-nodes-with-instance-targets': { controller: 'lbc' },
  // Under Local a new node without a pod is etp-local-no-local-pod (H04, Traps).
  'new-node-window': { targetType: 'instance', externalTrafficPolicy: 'Cluster' },
  'node-to-node-sg-blocks-pod-port': { targetType: 'instance', externalTrafficPolicy: 'Cluster' },
  'node-drops-local-pods': { targetType: 'instance' },
  'node-drops-remote-pods': { targetType: 'instance', externalTrafficPolicy: 'Cluster' },
  'nodeport-rules-not-programmed': { targetType: 'instance', externalTrafficPolicy: 'Cluster' },
  // With the healthCheckNodePort as health-check port it is ppv2-breaks-healthchecknodeport (A16).
  'ppv2-hc-rejected-by-app': { externalTrafficPolicy: 'Cluster' },
  'quic-server-id-missing': { targetType: 'ip', controller: 'lbc' },
  // The other cluster registers its nodes.
  'shared-target-group-conflict': { targetType: 'instance' },
  // cloud-provider-aws keeps a node that Karpenter marks.
  'local-pods-on-leaving-nodes': { targetType: 'instance', externalTrafficPolicy: 'Local', controller: 'lbc' },
  // Elsewhere the health check goes to the traffic port, and so through the policy.
  'networkpolicy-blocks-clients': { targetType: 'instance', externalTrafficPolicy: 'Local' },
  // Elsewhere the health check goes to the traffic port.
  'target-sg-blocks-traffic-port': { targetType: 'instance', externalTrafficPolicy: 'Local' },
  // A Gateway is none of the other controllers' business, and the lab's registers pods.
  'gateway-live-drift': { targetType: 'ip', controller: 'lbc' },
  'gateway-shadowed-default': { targetType: 'ip', controller: 'lbc' },
  'gateway-wrong-path': { targetType: 'ip', controller: 'lbc' },
  'gateway-wrong-port': { targetType: 'ip', controller: 'lbc' },
  // Only the AWS Load Balancer Controller makes one group of both protocols; at nodes each of them has a NodePort of its own.
  'udp-half-shut': { targetType: 'ip', controller: 'lbc' },
  // A node that has pods of both kinds behind it is healthy at times.
  'selector-matches-too-much': { targetType: 'ip' },
  'target-ip-belongs-to-a-load-balancer': { targetType: 'ip' },
};

/** False where the catalogue says that the fault cannot be met in this variant, or is another one there. */
export const applies = (id: string, variant: Variant): boolean =>
  Object.entries(limits[id] ?? {}).every(([choice, only]) => (variant[choice as keyof Variant] ?? only) === only);
