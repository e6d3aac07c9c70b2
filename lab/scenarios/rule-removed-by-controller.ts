import { removeControllerRules } from '../faults/remove-rules.ts';
import { scenario } from '../scenario.ts';
import { byController } from '../world/past/callers.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

export const ruleRemovedByController = scenario({
  id: 'rule-removed-by-controller',
  title: 'The controller itself removed its rule, twenty minutes ago, and does not write it again',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30500 }],
      healthCheck: { timeout: '2' },
    });
  },
  strike(world, cluster) {
    removeControllerRules(world, cluster, byController(cluster.cluster.name));
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'sg-rule-removed-by-other-manager',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
