import { scenario } from '../scenario.ts';
import { addService } from '../service.ts';
import { addWorkload } from '../workload.ts';

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
