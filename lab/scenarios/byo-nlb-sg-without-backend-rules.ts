import { scenario } from '../scenario.ts';
import { allowAllEgress, ingress } from '../world/cluster.ts';
import { resourceId } from '../world/identifier.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The team wants its own list of clients on the load balancer, and did not know what else goes with it. */
export const byoNlbSgWithoutBackendRules = scenario({
  id: 'byo-nlb-sg-without-backend-rules',
  title: 'The Service brings a security group for its load balancer, and nobody opens the nodes to it',
  arrange(world, cluster, place) {
    const name = 'orders-checkout-clients';
    const id = resourceId('sg', name);
    world.securityGroups.push({
      id,
      name,
      vpcId: cluster.cluster.vpcId,
      tags: { Name: name },
      rules: [allowAllEgress(name), ingress(name, { fromPort: 80, toPort: 80, cidrIpv4: '10.0.0.0/8' })],
    });
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      healthCheck: { timeout: '2' },
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-security-groups': id },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'byo-nlb-sg-without-backend-rules',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
