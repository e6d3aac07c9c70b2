import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It answers 200 after 2.6 seconds, and the time-out is 2; the kubelet waits 5. */
export const hcTimeoutTooShort = scenario({
  id: 'hc-timeout-too-short',
  title: 'The application needs longer than the health check waits',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: { kind: 'http', paths: { '*': 200 }, delayMs: 2600 } });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-timeout-too-short', targets: { unhealthy: 3 } },
});
