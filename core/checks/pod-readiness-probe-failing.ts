import { affectedBy } from '../affected.ts';
import { check } from '../check.ts';
import type { Pod } from '../kubernetes.ts';
import { eventsAbout, isCrashing, suspectsIn } from '../pod.ts';
import { nameOf } from '../service.ts';

export const podReadinessProbeFailing = check({
  id: 'pod-readiness-probe-failing',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Pods behind the Service run but fail their readiness probe',
  symptom: 'Pods run and are not ready: nodes have nothing to forward to, ip targets drain.',
  why: `A pod that is not ready is taken out of the endpoints. The containers run, so nothing looks broken, yet no traffic and
no health check reaches them through the Service.`,
  proof: `A container of a selected pod is running and started but not ready and has a readiness probe; the kubelet's event
"Readiness probe failed" confirms it.`,
  nearMisses: [
    'A container that restarts is `pod-crashloop`.',
    'A container that has not started yet waits for its startup probe.',
    'A pod held back only by a readiness gate has ready containers.',
  ],
  decidedBy: "the kubelet's event: kubectl describe pod",
  fix: [
    {
      text: 'Read what the probe answers, then mend the dependency that it reports or the probe itself.',
      command: 'kubectl --namespace {namespace} describe pod {pod}',
      verify: 'kubectl --namespace {namespace} get pod {pod} --watch',
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],
  explains: [
    'readiness-gate-stuck',
    'etp-local-no-ready-endpoint-anywhere',
    'app-error-status',
    'container-not-listening-on-target-port',
  ],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  wants: ['events'],

  run(group, { events, ...cluster }) {
    const notReady = (pod: Pod) =>
      suspectsIn(pod).filter(
        (status) =>
          status.state.running !== undefined &&
          status.started !== false &&
          !status.ready &&
          !isCrashing(status, group.takenAt) &&
          [...pod.spec.containers, ...pod.spec.initContainers].some(
            ({ name, readinessProbe }) => name === status.name && readinessProbe !== undefined,
          ),
      );
    return affectedBy(group, cluster, (pod) => notReady(pod).length > 0).flatMap(({ target, pod }) =>
      notReady(pod).map((status) => {
        const event = eventsAbout(events ?? [], 'Pod', pod).find(
          ({ reason, note }) => reason === 'Unhealthy' && note.startsWith('Readiness probe failed'),
        );
        return {
          ...(target && { target }),
          saw: `${nameOf(pod)} container ${status.name} runs but is not ready${event === undefined ? '' : `: ${event.note}`}`,
          expected: 'a readiness probe that passes',
          confidence: event === undefined ? ('probable' as const) : ('confirmed' as const),
          values: { pod: pod.metadata.name, container: status.name },
        };
      }),
    );
  },
});
