import { removeControllerRules } from '../faults/remove-rules.ts';
import { scenario } from '../scenario.ts';
import { inConsole } from '../world/past/callers.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

export const ruleRemovedInConsole = scenario({
  id: 'rule-removed-in-console',
  title: 'A person removed the rule of the controller in the console, twenty minutes ago',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30500 }],
      healthCheck: { timeout: '2' },
    });
  },
  strike(world, cluster) {
    removeControllerRules(world, cluster, inConsole('alice@example.com'));
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'sg-rule-removed-by-other-manager',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
