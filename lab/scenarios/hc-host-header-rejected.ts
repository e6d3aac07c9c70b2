import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Its readiness probe sends the name, as whoever set up the list of hosts found out. */
export const hcHostHeaderRejected = scenario({
  id: 'hc-host-header-rejected',
  title: 'The application answers 400 to every Host but its own name',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      behaviour: { kind: 'http', paths: { '*': 200 }, allowedHosts: ['shop.example.com'] },
      env: [{ name: 'DJANGO_ALLOWED_HOSTS', value: 'shop.example.com' }],
      readinessProbe: {
        httpGet: { path: '/ready', port: 8080, httpHeaders: [{ name: 'Host', value: 'shop.example.com' }] },
      },
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-host-header-rejected', targets: { unhealthy: 3 } },
});
