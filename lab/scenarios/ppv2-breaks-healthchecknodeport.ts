import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The application reads the header; kube-proxy, which answers the health checks under Local, does not. */
export const ppv2BreaksHealthchecknodeport = scenario({
  id: 'ppv2-breaks-healthchecknodeport',
  title: 'Proxy Protocol is switched on under externalTrafficPolicy Local',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      behaviour: { kind: 'http', paths: { '*': 200 }, proxyProtocol: 'understood' },
    });
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, place) {
    objectOf(cluster, 'Service', place).metadata.annotations[
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes'
    ] = 'proxy_protocol_v2.enabled=true';
  },
  expect: { verdict: 'unhealthy', cause: 'ppv2-breaks-healthchecknodeport', targets: { unhealthy: 3 } },
});
