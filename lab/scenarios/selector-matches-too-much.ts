import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A chart gives the workers the label of the application, and the Service asks for nothing else. */
export const selectorMatchesTooMuch = scenario({
  id: 'selector-matches-too-much',
  title: 'The selector matches the workers of the application too, and they do not serve its port',
  arrange(world, cluster, place) {
    const { name } = place;
    addWorkload(world, cluster, { ...place, labels: { app: name, tier: 'web' } });
    addWorkload(world, cluster, {
      ...place,
      name: `${name}-worker`,
      labels: { app: name, tier: 'worker' },
      port: 9090,
      portName: 'metrics',
      readinessProbe: null,
      replicas: 2,
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      selector: { app: name },
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'container-not-listening-on-target-port',
    targets: { healthy: 3, unhealthy: 2 },
  },
});
