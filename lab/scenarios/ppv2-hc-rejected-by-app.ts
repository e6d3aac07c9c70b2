import { objectOf } from '../object.ts';
import { scenario } from '../scenario.ts';
import { addService } from '../service.ts';
import { addWorkload } from '../workload.ts';

/** Somebody wanted client addresses in the access log, and did not tell the application. */
export const ppv2HcRejectedByApp = scenario({
  id: 'ppv2-hc-rejected-by-app',
  title: 'Proxy Protocol is switched on for an application that does not read it',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(_world, cluster, place) {
    objectOf(cluster, 'Service', place)['metadata'].annotations[
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes'
    ] = 'proxy_protocol_v2.enabled=true';
  },
  expect: { verdict: 'unhealthy', cause: 'ppv2-hc-rejected-by-app', targets: { unhealthy: 3 } },
});
