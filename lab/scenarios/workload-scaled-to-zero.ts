import { scaleToZero } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Somebody scaled it down, and the load balancer has nothing to send to. */
export const workloadScaledToZero = scenario({
  id: 'workload-scaled-to-zero',
  title: 'The Deployment behind the Service runs no replicas',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike: scaleToZero,
  expect: { verdict: 'unhealthy', cause: 'workload-scaled-to-zero', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 3 } } },
    local: { place: { externalTrafficPolicy: 'Local' } },
  },
});
