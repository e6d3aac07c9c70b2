import { crash } from '../faults/crash.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Advice found on the Internet: kube-proxy's own health port spares the application the health checks. */
export const noEndpointBehindHealthyTargets = scenario({
  id: 'no-endpoint-behind-healthy-targets',
  title: 'The health check asks kube-proxy, the pods crash: every node stays healthy and refuses every client',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      healthCheck: { protocol: 'http', port: '10256', path: '/healthz', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    for (const pod of podsOf(cluster, objectOf(cluster, 'Deployment', place))) {
      crash(world, cluster, { pod, reason: 'Error', exitCode: 1, log: ['fatal: no configuration'] });
    }
  },
  fixedElsewhere: { 'healthcheck-port-': 'the pods crash, and the health check shows it from then on' },
  expect: { verdict: 'unserved', cause: 'no-endpoint-behind-healthy-targets', targets: { healthy: 3 } },
});
