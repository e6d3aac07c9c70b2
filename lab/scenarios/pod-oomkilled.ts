import { crash } from '../faults/crash.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The kernel kills it soon after each start. */
export const podOomkilled = scenario({
  id: 'pod-oomkilled',
  title: 'The container needs more memory than its limit',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, memoryLimit: '64Mi' });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    for (const pod of podsOf(cluster, objectOf(cluster, 'Deployment', place))) {
      crash(world, cluster, { pod, reason: 'OOMKilled', exitCode: 137, log: ['loading the price list'] });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-oomkilled', targets: { unhealthy: 3 } },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
