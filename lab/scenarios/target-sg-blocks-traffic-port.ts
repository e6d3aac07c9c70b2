import { scenario } from '../scenario.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Somebody wrote the rules by hand after the one port that made the targets healthy. */
export const targetSgBlocksTrafficPort = scenario({
  id: 'target-sg-blocks-traffic-port',
  title: 'The nodes admit the health check port of a Service with policy Local, but no longer its NodePort',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 32_700 }],
      healthCheckNodePort: 31_500,
    });
  },
  strike(world, cluster, place) {
    const service = objectOf(cluster, 'Service', place);
    const { nodePort = 0 } = service.spec.ports[0];
    for (const rule of nodeSecurityGroup(world, cluster).rules) {
      if (!rule.egress && rule.fromPort < nodePort && rule.toPort === nodePort) rule.toPort = nodePort - 1;
    }
  },
  unnoticed: true,
  expect: { verdict: 'unserved', cause: 'target-sg-blocks-traffic-port', targets: { healthy: 3 } },
});
