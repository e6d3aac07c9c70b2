import { runCilium } from '../faults/run-cilium.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The only pod answers on its own address, and through every node but the one that it runs on. */
export const nodeDropsLocalPods = scenario({
  id: 'node-drops-local-pods',
  title: 'Cilium is chained behind the VPC CNI, and drops connections to a NodePort of the pod’s own node',
  arrange(world, cluster, place) {
    runCilium(world, cluster);
    addWorkload(world, cluster, { ...place, replicas: 1 });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, { namespace }) {
    cluster.dropsLocalPodsIn = namespace;
  },
  expect: { verdict: 'unhealthy', cause: 'node-drops-local-pods', targets: { healthy: 2, unhealthy: 1 } },
});
