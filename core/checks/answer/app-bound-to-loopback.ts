import { affectedBy, targetsServedOnlyBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout, isPodReady, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf, serviceOf, servicePortOf, targetPortIn } from '../../kubernetes/service.ts';
import type { Container, Event, Pod } from '../../model/kubernetes.ts';
import { loopbackSetting } from '../../probes/listen-address.ts';
import { podProbeOf, podProbesFor } from '../../probes/results.ts';

export const appBoundToLoopback = check({
  id: 'app-bound-to-loopback',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  title: 'The application listens only on the loopback address inside its pod',
  symptom:
    'Every target refuses connections, while checks that run inside the container, and `kubectl port-forward`, succeed.',
  why: `A process bound to 127.0.0.1 or ::1 takes connections from its own pod alone. Checks that run inside the container pass, while
kube-proxy, the load balancer and every client are refused at the pod's address.`,
  proof: `Connections to targetPort of the pod are refused, from here or from the kubelet, and a flag or variable of a container tells the
process to listen on a loopback address. The list of sockets inside the pod would confirm it.`,
  nearMisses: [
    'If there is no such setting, a refusal may also mean that nothing listens: `container-not-listening-on-target-port`.',
    'A variable that names another service, such as DB_HOST=127.0.0.1, says nothing about the listener.',
    'A container that accepts connections on another port of its address is not bound to loopback.',
  ],
  decidedBy:
    'kubectl port-forward to the pod, which connects from inside: it works while the address of the pod refuses',
  fix: [
    {
      text: 'Confirm it: a connection through port-forward starts inside the pod and is answered.',
      look: { kubectl: 'port-forward pod/{pod} :{port}', in: '{namespace}' },
    },
    {
      text: 'Make the process listen on all addresses: 0.0.0.0, or :: for both families. The setting {setting} restricts it.',
      change: {
        run: 'kubectl --namespace {namespace} edit {workload}',
        back: 'kubectl --namespace {namespace} rollout undo {workload}',
      },
      disturbs: 'The pods of {workload} are replaced.',
      undo: 'Edit it again, or roll back to the revision before.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
    'https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/',
  ],
  masks: ['container-not-listening-on-target-port', 'pod-readiness-probe-failing'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes', 'probes'],
  optional: ['events'],

  run(group, { probes, events = [], ...cluster }) {
    const service = serviceOf(group, cluster.services);
    const port = service && servicePortOf(group, service);
    if (port === undefined) return [];
    const answer = (pod: Pod, number: number) =>
      podProbeOf(probes, pod, { targetGroupArn: group.targetGroup.arn, port: number })?.outcome.kind;
    // A ready pod may have refused the kubelet while it started.
    const isRefused = (pod: Pod, number: number): boolean =>
      answer(pod, number) === 'refused' ||
      (!isPodReady(pod) && answer(pod, number) !== 'open' && eventsAbout(events, 'Pod', pod).some(refusalOn(number)));
    const culprit = (pod: Pod) => {
      const number = targetPortIn(pod, port);
      if (number === undefined) return undefined;
      if (!isRefused(pod, number)) return undefined;
      return pod.spec.containers
        .filter((container) => !hasOpenPort(container, (other) => answer(pod, other) === 'open'))
        .map((container) => ({ container, setting: loopbackSetting(container, number), number }))
        .find(({ setting }) => setting !== undefined);
    };
    const isBound = (pod: Pod) => culprit(pod) !== undefined;
    const isProbed = (pod: Pod) => answer(pod, targetPortIn(pod, port) ?? 0) !== undefined;
    return [
      // Most groups were asked nothing at their pods.
      ...(podProbesFor(probes, group.targetGroup.arn).length === 0
        ? []
        : targetsServedOnlyBy(group, cluster, (pod) => (isProbed(pod) ? isBound(pod) : undefined))),
      ...affectedBy(group, cluster, isBound),
    ]
      .filter(
        ({ pod, target }, index, all) => all.findIndex((one) => one.pod === pod && one.target === target) === index,
      )
      .map(({ target, pod }) => {
        const { setting = '', number = 0, container } = culprit(pod) ?? {};
        return {
          ...(target && { target }),
          saw: `${nameOf(pod)} refuses connections to ${number}; container ${container?.name} is started with ${setting}`,
          expected: `a process that listens on ${number} of the pod's address`,
          confidence: 'probable' as const,
          values: { pod: pod.metadata.name, workload: workloadOf(pod), port: number, setting },
        };
      });
  },
});

/** The kubelet's own attempt: it connects to the pod's address, as the load balancer does. */
const refusalOn =
  (port: number) =>
  ({ reason, note }: Event): boolean =>
    reason === 'Unhealthy' && note.includes(`:${port}: connect: connection refused`);

const hasOpenPort = ({ ports }: Container, isOpen: (port: number) => boolean): boolean =>
  ports.some(({ containerPort }) => isOpen(containerPort));
