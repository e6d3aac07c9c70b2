import { scenario } from '../scenario.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The application answers 404 there, while its readiness path answers 200. */
export const hcPathWrongStatus = scenario({
  id: 'hc-path-wrong-status',
  title: 'The health check asks for a path that the application does not serve',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addService(world, cluster, {
      targetType: 'ip',
      ...place,
      healthCheck: { protocol: 'http', path: '/status', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-path-wrong-status', targets: { unhealthy: 3 } },
  variants: {
    instance: { place: { targetType: 'instance' } },
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
