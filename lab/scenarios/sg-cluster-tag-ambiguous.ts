import { addClusterGroupToNodes } from '../faults/second-security-group.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The launch template attaches the cluster security group beside the one of the nodes; both have the tag. */
export const sgClusterTagAmbiguous = scenario({
  id: 'sg-cluster-tag-ambiguous',
  title: 'Nodes got a second security group with the tag of the cluster before a new Service came',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, port: 3000 });
  },
  strike(world, cluster, place) {
    addClusterGroupToNodes(world, cluster);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'http', port: 80, targetPort: 3000 }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'sg-cluster-tag-ambiguous',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
