import { replacePods } from '../faults/scale.ts';
import { stall } from '../faults/stall.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Somebody deleted a Secret that the running pods had long read; it was missed at the next restart. */
export const podConfigError = scenario({
  id: 'pod-config-error',
  title: 'The restarted pods name a Secret that does not exist any more',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    replacePods(world, cluster, deployment);
    for (const pod of podsOf(cluster, deployment)) {
      stall(world, cluster, {
        pod,
        waiting: { reason: 'CreateContainerConfigError', message: 'secret "checkout-database" not found' },
        event: { reason: 'Failed', message: 'Error: secret "checkout-database" not found' },
      });
    }
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'pod-config-error',
    mechanisms: ['etp-local-no-ready-endpoint-anywhere'],
    targets: { unhealthy: 3 },
  },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 3 }, mechanisms: [] } },
  },
});
