import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { containerOf, eventsAbout, isCrashing, probedPortIn, secondsSince, suspectsIn } from '../../kubernetes/pod.ts';
import { nameOf, serviceOf } from '../../kubernetes/service.ts';
import { startupSeconds } from '../../kubernetes/startup.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Container, Pod } from '../../model/kubernetes.ts';
import { podProbeOf } from '../../probes/results.ts';

export const podReadinessProbeFailing = check({
  id: 'pod-readiness-probe-failing',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Pods behind the Service run but fail their readiness probe',
  symptom: 'Pods run but are not ready: nodes have no pod to forward to, ip targets drain.',
  why: `A pod that is not ready is removed from the endpoints. The containers run, so nothing looks broken, but no traffic and no health
check reaches them through the Service.`,
  proof: `A container of a selected pod is running and started but not ready and has a readiness probe; the kubelet's event
"Readiness probe failed" confirms it. Without the event it is only possible until the probe has failed failureThreshold times.`,
  nearMisses: [
    'The container restarts: `pod-crashloop`.',
    'A container that has not started yet waits for its startup probe.',
    'The containers are ready and only a readiness gate is missing: `readiness-gate-stuck`.',
    'If only the kubelet gets no connection, it may not be able to reach the pod: security groups for pods in strict mode, a NetworkPolicy.',
  ],
  decidedBy: "the kubelet's event: kubectl describe pod",
  fix: [
    {
      text: 'Read the answer to the probe, then fix the dependency that it reports or the probe itself.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
    },
    {
      when: 'published',
      text: 'The Service registers pods that are not ready, as it is meant to for peers that look for each other. Let clients use a Service without publishNotReadyAddresses, so that only ready pods are targets.',
    },
    {
      when: 'port',
      text: 'If only the kubelet gets no connection and the pod has its own security groups in strict mode, make branch interfaces reachable for the kubelet.',
      change: {
        patch: {
          spec: {
            template: {
              spec: {
                initContainers: [
                  { name: 'aws-vpc-cni-init', env: [{ name: 'DISABLE_TCP_EARLY_DEMUX', value: 'true' }] },
                ],
              },
            },
          },
        },
        on: { object: 'daemonset aws-node', in: 'kube-system' },
      },
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html',
  ],
  masks: [
    'readiness-gate-stuck',
    'etp-local-no-ready-endpoint-anywhere',
    'app-error-status',
    'container-not-listening-on-target-port',
  ],
  unreadySymptom: true,
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  optional: ['events', 'probes'],

  run(group, { events = [], probes = [], ...cluster }) {
    const notReady = (pod: Pod) =>
      suspectsIn(pod).filter(
        (status) =>
          status.state.running !== undefined &&
          status.started !== false &&
          !status.ready &&
          !isCrashing(status, group.takenAt) &&
          containerOf(pod, status)?.readinessProbe !== undefined,
      );
    const isPublished =
      group.targetGroup.targetType === 'ip' &&
      serviceOf(group, cluster.services)?.spec.publishNotReadyAddresses === true;
    return affectedBy(group, cluster, (pod) => notReady(pod).length > 0).flatMap(({ target, pod }) =>
      notReady(pod).map((status): Evidence => {
        const event = eventsAbout(events, 'Pod', pod).find(
          ({ reason, note }) => reason === 'Unhealthy' && /^Readiness probe (failed|errored)/.test(note),
        );
        const container = containerOf(pod, status);
        const isYoung =
          secondsSince(status.state.running?.startedAt, group.takenAt) <=
          startupSeconds(container?.readinessProbe ?? {});
        const port = probedPort(container);
        const answer = port && podProbeOf(probes, pod, { targetGroupArn: group.targetGroup.arn, port })?.outcome.kind;
        const shut = answer === 'open' && isUnconnected(event?.note ?? '') ? port : undefined;
        return {
          ...(target && { target }),
          saw: `${nameOf(pod)} container ${status.name} runs but is not ready${event === undefined ? '' : `: ${event.note}`}${shut === undefined ? '' : `; port ${shut} accepts connections from elsewhere, so the path from the kubelet to the pod may be blocked`}${isPublished ? '; it is a target all the same, since the Service has publishNotReadyAddresses' : ''}`,
          expected: 'a readiness probe that passes',
          confidence: event === undefined ? (isYoung ? 'possible' : 'probable') : 'confirmed',
          values: {
            pod: pod.metadata.name,
            container: status.name,
            ...(isPublished && { published: 'yes' }),
            ...(shut !== undefined && { port: shut }),
          },
        };
      }),
    );
  },
});

/**
 * True of the kubelet's words where it got no connection at all (Go: net/http, net). With HTTPS it also waits for a connection
 * while the server does not take part in the handshake.
 */
const isUnconnected = (note: string): boolean =>
  /dial tcp \S+ (?:i\/o timeout|connect: no route to host)/.test(note) ||
  (note.includes('while waiting for connection') && !note.includes('Get "https:'));

/** The port of the pod that the readiness probe connects to, if it connects there. */
const probedPort = (container: Container | undefined): number | undefined =>
  container && probedPortIn(container, container.readinessProbe);
