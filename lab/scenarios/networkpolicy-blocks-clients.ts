import { scenario } from '../scenario.ts';
import { addNetworkPolicy } from '../world/network/network-policy.ts';
import { enforceNetworkPolicies } from '../world/network/vpc-cni.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The team closed the namespace to all but its own pods; kube-proxy goes on to answer the health check. */
export const networkpolicyBlocksClients = scenario({
  id: 'networkpolicy-blocks-clients',
  title: 'Under the policy Local every target is healthy, and a NetworkPolicy admits pods alone',
  arrange(world, cluster, place) {
    enforceNetworkPolicies(world, cluster);
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'instance', externalTrafficPolicy: 'Local' });
  },
  strike(world, cluster, { namespace, name }) {
    addNetworkPolicy(world, cluster, {
      namespace,
      name: `${name}-from-cluster`,
      selects: { app: name },
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080, protocol: 'TCP' }] }],
    });
  },
  expect: { verdict: 'unserved', cause: 'networkpolicy-blocks-clients', targets: { healthy: 3 } },
});
