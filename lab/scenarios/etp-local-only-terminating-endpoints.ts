import { addTwin } from '../faults/scale.ts';
import { terminate } from '../faults/terminate.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Its successor runs on another node, and a preStop pause of two minutes lets the load balancer notice. */
export const etpLocalOnlyTerminatingEndpoints = scenario({
  id: 'etp-local-only-terminating-endpoints',
  title: 'Under externalTrafficPolicy Local the last pod of a node is on its way out',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    const last = podsOf(cluster, deployment).at(-1);
    if (last === undefined) throw new Error('no pod to end');
    addTwin(world, cluster, { deployment, index: 3, ageSeconds: 400, nodes: [0] });
    terminate(world, last, { ageSeconds: 60, graceSeconds: 150 });
  },
  expect: {
    verdict: 'expected',
    cause: 'etp-local-only-terminating-endpoints',
    targets: { healthy: 2, unhealthy: 1 },
  },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
