import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService, healthCheckAnnotations } from '../world/service.ts';

/** The controller looks for subnets before anything else. */
export const subnetDiscoveryFailed = scenario({
  id: 'subnet-discovery-failed',
  title: 'A subnet that does not exist keeps the corrected health-check path from being applied',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/status', timeout: '2' },
    });
  },
  strike(_world, cluster, place) {
    Object.assign(objectOf(cluster, 'Service', place).metadata.annotations, {
      ...healthCheckAnnotations({ path: '/ready' }),
      'service.beta.kubernetes.io/aws-load-balancer-subnets': 'private-eu-west-1a, private-eu-west-1d',
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'subnet-discovery-failed',
    mechanisms: ['hc-path-wrong-status'],
    targets: { unhealthy: 3 },
  },
});
