import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Its readiness probe runs a command inside the container, where the port answers. */
export const appBoundToLoopback = scenario({
  id: 'app-bound-to-loopback',
  title: 'The application was told to listen on 127.0.0.1',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      args: ['serve', '--host=127.0.0.1', '--port=8080'],
      loopback: true,
      readinessProbe: { exec: { command: ['curl', '--fail', '--silent', 'http://127.0.0.1:8080/ready'] } },
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  edits: { 'edit deployment': 's/--host=127.0.0.1/--host=0.0.0.0/' },
  expect: {
    verdict: 'unhealthy',
    cause: 'app-bound-to-loopback',
    mechanisms: ['container-not-listening-on-target-port'],
    targets: { unhealthy: 3 },
  },
});
