import { scenario } from '../scenario.ts';
import { addNetworkPolicy } from '../world/network/network-policy.ts';
import { enforceNetworkPolicies, setCni } from '../world/network/vpc-cni.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Every team was told to write a policy first. This one did not. */
export const networkpolicyStrictMode = scenario({
  id: 'networkpolicy-strict-mode',
  title: 'The VPC CNI enforces policies strictly, and these pods have none',
  arrange(world, cluster, place) {
    enforceNetworkPolicies(world, cluster);
    for (const namespace of ['web', 'catalog']) {
      addNetworkPolicy(world, cluster, { namespace, name: 'admit-all', ingress: [{}] });
    }
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(_world, cluster) {
    setCni(cluster, { NETWORK_POLICY_ENFORCING_MODE: 'strict' });
  },
  expect: { verdict: 'unhealthy', cause: 'networkpolicy-strict-mode', targets: { unhealthy: 3 } },
});
