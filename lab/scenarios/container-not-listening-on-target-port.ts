import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It moved to port 9090; the Service still says 8080, and without a readiness probe there nothing noticed. */
export const containerNotListeningOnTargetPort = scenario({
  id: 'container-not-listening-on-target-port',
  title: 'The application listens on another port than the Service targets',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, port: 9090 });
    addService(world, cluster, {
      targetType: 'ip',
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'container-not-listening-on-target-port', targets: { unhealthy: 3 } },
  variants: {
    instance: { place: { targetType: 'instance' } },
  },
});
