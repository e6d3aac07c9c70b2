import { scenario } from '../scenario.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Somebody narrowed the rule to the NodePorts; healthCheckNodePort lies above them. */
export const sgTargetMissingHealthCheckRule = scenario({
  id: 'sg-target-missing-health-check-rule',
  title: 'The security group of the nodes admits the traffic port, but not the health-check port',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30500 }],
      healthCheckNodePort: 32500,
      healthCheck: { timeout: '2' },
    });
  },
  strike(world, cluster) {
    for (const rule of nodeSecurityGroup(world, cluster).rules) {
      if (rule.toPort === 32500) rule.toPort = 30500;
    }
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'sg-target-missing-health-check-rule', targets: { unhealthy: 3 } },
});
