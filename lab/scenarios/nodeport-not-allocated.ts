import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Without NodePort the controller removes the old targets and cannot register the nodes again. */
export const nodeportNotAllocated = scenario({
  id: 'nodeport-not-allocated',
  title: 'Somebody gave the NodePorts of the Service back, and the targets are instances',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const { spec } = objectOf(cluster, 'Service', place);
    spec.allocateLoadBalancerNodePorts = false;
    for (const port of spec.ports) delete port.nodePort;
  },
  expect: { verdict: 'unhealthy', cause: 'nodeport-not-allocated', targets: {} },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' }, expect: { targets: { unhealthy: 3 } } },
    // The health check goes to the healthCheckNodePort, which the Service keeps.
    local: {
      place: { targetType: 'instance', controller: 'ccm', externalTrafficPolicy: 'Local' },
      expect: { verdict: 'unserved', targets: { healthy: 3 } },
    },
  },
});
