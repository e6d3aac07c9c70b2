import { scenario } from '../scenario.ts';
import { addHybridNode, networkOutside } from '../world/network/outside-vpc.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A Service that came after the machine gets no targets; those of before keep what they have. */
export const hybridNodesWithInstanceTargets = scenario({
  id: 'hybrid-nodes-with-instance-targets',
  title: 'A machine of the office joined the cluster before a new Service with instance targets came',
  arrange(world, cluster, place) {
    networkOutside(world);
    addWorkload(world, cluster, place);
  },
  strike(world, cluster, place) {
    addHybridNode(world, cluster, `${world.network}.200.5`, { excluded: false });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  expect: { verdict: 'unhealthy', cause: 'hybrid-nodes-with-instance-targets', targets: {} },
});
