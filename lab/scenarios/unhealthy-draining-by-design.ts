import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Long uploads shall survive a failed check, so that the target group leaves open connections alone for an hour. */
export const unhealthyDrainingByDesign = scenario({
  id: 'unhealthy-draining-by-design',
  title: 'Failing targets keep their connections while the application answers 500',
  arrange(world, cluster, place) {
    const attribute = 'target_health_state.unhealthy';
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/status', timeout: '2' },
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': `${attribute}.connection_termination.enabled=false,${attribute}.draining_interval_seconds=3600`,
      },
    });
  },
  strike(_world, cluster, place) {
    const [, ...failing] = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    answerWith(cluster, failing, answering({ '/ready': 200, '*': 500 }));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'app-error-status',
    mechanisms: ['unhealthy-draining-by-design'],
    targets: { healthy: 1, 'unhealthy.draining': 2 },
  },
});
