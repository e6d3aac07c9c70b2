import { type Scenario, scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import type { World, WorldCluster } from '../world/world.ts';

interface RemovedRule {
  id: string;
  title: string;
  strike(world: World, cluster: WorldCluster): void;
}

/** A scenario in which the rule that the controller wrote for the health check is gone, and the controller has not looked since. */
export const removedRule = (own: RemovedRule): Scenario =>
  scenario({
    ...own,
    arrange(world, cluster, place) {
      addWorkload(world, cluster, place);
      addService(world, cluster, {
        ...place,
        ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30500 }],
        healthCheck: { timeout: '2' },
      });
    },
    unnoticed: true,
    expect: {
      verdict: 'unhealthy',
      cause: 'sg-rule-removed-by-other-manager',
      mechanisms: ['sg-target-missing-health-check-rule'],
      targets: { unhealthy: 3 },
    },
  });
