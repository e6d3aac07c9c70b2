import { crash } from '../faults/crash.ts';
import { addEarlierRevision } from '../faults/earlier-revision.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It cannot reach its database, and writes its configuration into the log. */
export const podCrashloop = scenario({
  id: 'pod-crashloop',
  title: 'The application ends with an error soon after each start',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addEarlierRevision(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    for (const pod of podsOf(cluster, objectOf(cluster, 'Deployment', place))) {
      crash(world, cluster, { pod, reason: 'Error', exitCode: 1, log });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-crashloop', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: {} } },
    local: { place: { externalTrafficPolicy: 'Local' } },
    ccm: { place: { controller: 'ccm' } },
    auto: { place: { controller: 'auto', targetType: 'ip' }, expect: { targets: {} } },
  },
});

const log = [
  'starting checkout 1.4.2',
  'database host=orders-db.internal user=checkout password=hunter2-not-a-real-secret',
  'fatal: connect orders-db.internal:5432: connection refused',
];
