import { scenario } from '../scenario.ts';
import { addNetworkPolicy } from '../world/network/network-policy.ts';
import { enforceNetworkPolicies } from '../world/network/vpc-cni.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The policy admits every pod of the cluster, and the team takes the load balancer for one. */
export const networkpolicyBlocksHealthCheck = scenario({
  id: 'networkpolicy-blocks-health-check',
  title: 'A NetworkPolicy admits pods by label and with that shuts out the load balancer',
  arrange(world, cluster, place) {
    enforceNetworkPolicies(world, cluster);
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, { namespace, name }) {
    addNetworkPolicy(world, cluster, {
      namespace,
      name: `${name}-from-cluster`,
      selects: { app: name },
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080, protocol: 'TCP' }] }],
    });
  },
  expect: { verdict: 'unhealthy', cause: 'networkpolicy-blocks-health-check', targets: { unhealthy: 3 } },
});
