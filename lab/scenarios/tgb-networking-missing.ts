import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addOwnTargetGroup } from '../world/own-target-group.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The load balancer comes from Terraform, and everybody took the rule for the business of the other. */
export const tgbNetworkingMissing = scenario({
  id: 'tgb-networking-missing',
  title: 'A hand-made binding registers the pods and opens nothing',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    addOwnTargetGroup(world, cluster, { place, servicePort: 80, targetType: 'ip', port: 8080, listenerPort: 80 });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'tgb-networking-missing',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
