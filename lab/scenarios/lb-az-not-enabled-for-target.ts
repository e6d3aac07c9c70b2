import { scenario } from '../scenario.ts';
import { privateSubnets } from '../world/account.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It was made when the cluster had two zones. */
export const lbAzNotEnabledForTarget = scenario({
  id: 'lb-az-not-enabled-for-target',
  title: 'The load balancer has no subnet in the zone that the nodes spread to later',
  arrange(world, cluster, place) {
    const subnets = privateSubnets(world).slice(0, 2);
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      healthCheck: { timeout: '2' },
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-subnets': subnets.map(({ id }) => id).join(','),
      },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'lb-az-not-enabled-for-target', targets: { healthy: 2, unused: 1 } },
});
