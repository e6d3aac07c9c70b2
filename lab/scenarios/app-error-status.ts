import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Their readiness path tests less than the path of the health check. */
export const appErrorStatus = scenario({
  id: 'app-error-status',
  title: 'Two of three replicas answer 500',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { protocol: 'http', timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const [, ...failing] = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    answerWith(cluster, failing, answering({ '/ready': 200, '*': 500 }));
  },
  expect: { verdict: 'unhealthy', cause: 'app-error-status', targets: { healthy: 1, unhealthy: 2 } },
});
