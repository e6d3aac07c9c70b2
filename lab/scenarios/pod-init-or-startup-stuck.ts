import { replacePods } from '../faults/scale.ts';
import { failInit } from '../faults/stall.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The migration that runs before the application meets a lock that nobody releases. */
export const podInitOrStartupStuck = scenario({
  id: 'pod-init-or-startup-stuck',
  title: 'The init container of the new pods fails again and again',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    replacePods(world, cluster, deployment);
    for (const pod of podsOf(cluster, deployment)) {
      const log = ['migrating to version 42', 'fatal: another migration holds the lock'];
      failInit(world, cluster, { pod, name: 'migrate', log });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-init-or-startup-stuck', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 3 } } },
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
