import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService, healthCheckAnnotations } from '../world/service.ts';

/** A colon in the place of an equals sign stops the controller before it comes to the health check. */
export const controllerBuildOrDeployFailed = scenario({
  id: 'controller-build-or-deploy-failed',
  title: 'A mistyped target group attribute keeps the corrected health-check path from being applied',
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
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'preserve_client_ip.enabled:true',
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-build-or-deploy-failed',
    mechanisms: ['hc-path-wrong-status'],
    targets: { unhealthy: 3 },
  },
});
