import { crash } from '../faults/crash.ts';
import { faultAgeSeconds } from '../physics/kubelet.ts';
import { scenario } from '../scenario.ts';
import { recordEvent } from '../world/event.ts';
import { minute } from '../world/moment.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Its liveness path asks the database, which has become slow; the kubelet gives it one second. */
export const podLivenessKillLoop = scenario({
  id: 'pod-liveness-kill-loop',
  title: 'The liveness probe is stricter than the application can meet',
  arrange(world, cluster, place) {
    const livenessProbe = {
      httpGet: { path: '/live', port: 8080, scheme: 'HTTP' },
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
    };
    addWorkload(world, cluster, { ...place, livenessProbe });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    for (const pod of podsOf(cluster, objectOf(cluster, 'Deployment', place))) {
      crash(world, cluster, { pod, reason: 'Error', exitCode: 137, log: ['listening', 'query took 9214 ms'] });
      const [container] = pod.spec.containers;
      const address = `http://${pod.status.podIP}:8080/live`;
      const said = [
        {
          type: 'Warning' as const,
          reason: 'Unhealthy',
          message: `Liveness probe failed: Get "${address}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
        },
        {
          type: 'Normal' as const,
          reason: 'Killing',
          message: `Container ${container.name} failed liveness probe, will be restarted`,
        },
      ];
      for (const happening of said) {
        recordEvent(world, cluster, {
          about: pod,
          ...happening,
          component: 'kubelet',
          ageSeconds: 2 * minute,
          lastingSeconds: faultAgeSeconds,
          count: 7,
        });
      }
    }
  },
  edits: { 'edit deployment': '/livenessProbe/,/readinessProbe/ s/timeoutSeconds: 1$/timeoutSeconds: 15/' },
  expect: {
    verdict: 'unhealthy',
    cause: 'pod-liveness-kill-loop',
    mechanisms: ['pod-crashloop'],
    targets: { unhealthy: 3 },
  },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
