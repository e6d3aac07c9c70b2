import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/**
 * The pods were made while the Service was being replaced: they carry the gate of the old binding, which went before any
 * of their targets was healthy. Nobody writes that condition now.
 */
export const readinessGateStuck = scenario({
  id: 'readiness-gate-stuck',
  title: 'The pods wait for the readiness gate of a TargetGroupBinding that is gone',
  arrange(world, cluster, place) {
    const deployment = addWorkload(world, cluster, place);
    for (const pod of podsOf(cluster, deployment)) {
      pod.spec.readinessGates = [{ conditionType: 'target-health.elbv2.k8s.aws/k8s-orders-checkout-5c1f0e9b7d' }];
    }
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
    objectOf(cluster, 'Namespace', { name: place.namespace }).metadata.labels[
      'elbv2.k8s.aws/pod-readiness-gate-inject'
    ] = 'enabled';
  },
  expect: { verdict: 'unhealthy', cause: 'readiness-gate-stuck', targets: {} },
});
