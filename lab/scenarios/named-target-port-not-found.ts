import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A new version of the chart renamed the port of the container from `web` to `http`; the Service is kept elsewhere. */
export const namedTargetPortNotFound = scenario({
  id: 'named-target-port-not-found',
  title: 'The Service still targets the old name of the container port',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, portName: 'http' });
    addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      ports: [{ name: 'http', port: 80, targetPort: 'web' }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'named-target-port-not-found',
    mechanisms: ['etp-local-no-ready-endpoint-anywhere'],
    targets: { unhealthy: 3 },
  },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: {}, mechanisms: [] } },
  },
});
