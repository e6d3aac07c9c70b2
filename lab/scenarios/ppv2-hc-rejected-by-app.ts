import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

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
    objectOf(cluster, 'Service', place).metadata.annotations[
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes'
    ] = 'proxy_protocol_v2.enabled=true';
  },
  expect: { verdict: 'unhealthy', cause: 'ppv2-hc-rejected-by-app', targets: { unhealthy: 3 } },
});
