import { scenario } from '../scenario.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A review of the nodes' security group found three rules that stand for no client. */
export const sourceRangesExcludeLbNodes = scenario({
  id: 'source-ranges-exclude-lb-nodes',
  title: 'Clients are limited to source ranges, and the rules for health checks were tidied away',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      controller: 'ccm',
      loadBalancerSourceRanges: ['203.0.113.0/24', '198.51.100.0/24'],
    });
  },
  strike(world, cluster) {
    const group = nodeSecurityGroup(world, cluster);
    group.rules = group.rules.filter(({ description }) => !description?.startsWith('kubernetes.io/rule/nlb/health='));
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'source-ranges-exclude-lb-nodes',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
