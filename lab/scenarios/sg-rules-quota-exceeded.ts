import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const partners = { namespace: 'partners', name: 'exchange' };

/** Two rules for each partner, of which one is for ICMP, three for the subnets, and those of the cluster itself: sixty. */
const sourceRanges = Array.from({ length: 26 }, (_, index) => `203.0.113.${index * 4}/30`);

export const sgRulesQuotaExceeded = scenario({
  id: 'sg-rules-quota-exceeded',
  title: 'Another Service with many source ranges has filled the security group of the nodes',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, partners);
    addService(world, cluster, { ...partners, controller: 'ccm', loadBalancerSourceRanges: sourceRanges });
    addWorkload(world, cluster, place);
  },
  strike(world, cluster, place) {
    addService(world, cluster, { ...place, controller: 'ccm' });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'sg-rules-quota-exceeded',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
