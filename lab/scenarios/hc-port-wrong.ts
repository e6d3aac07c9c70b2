import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** With instance targets the port of a health check is a port of the node. */
export const hcPortWrong = scenario({
  id: 'hc-port-wrong',
  title: 'The health check goes to the container port, where the node has no listener',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { port: '8080', timeout: '2' } });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-port-wrong', targets: { unhealthy: 3 } },
});
