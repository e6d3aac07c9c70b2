import { scenario } from '../scenario.ts';
import { moveToFargate } from '../world/network/fargate.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Its load balancer still sends to the EC2 nodes, which under the policy Local have nothing to forward to. */
export const fargateWithInstanceTargets = scenario({
  id: 'fargate-with-instance-targets',
  title: 'The namespace moved to Fargate, the Service kept instance targets',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    for (const pod of podsOf(cluster, objectOf(cluster, 'Deployment', place))) moveToFargate(world, cluster, pod);
  },
  expect: { verdict: 'unhealthy', cause: 'fargate-with-instance-targets', targets: { unhealthy: 3 } },
});
