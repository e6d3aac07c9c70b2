import { targetsServedOnlyBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { nameOf, serviceOf, servicePortOf, targetPortIn } from '../../kubernetes/service.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { podProbeOf } from '../../probes/results.ts';

export const containerNotListeningOnTargetPort = check({
  id: 'container-not-listening-on-target-port',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  needsChange: true,
  title: 'Nothing in the pod listens on the target port of the Service',
  symptom:
    'Every target refuses connections although its pods are Running; under externalTrafficPolicy Local nodes may be healthy while clients fail.',
  why: `The Service sends connections to targetPort of the pod. If the process listens on another port, or only on the loopback address
inside the pod, every connection is refused, although the pod is ready.`,
  proof: `The pod is ready and refuses connections to targetPort. It is confirmed when another port that its containers declare
accepts them.`,
  nearMisses: [
    'A declared containerPort proves nothing: it is informational.',
    'A pod that is not ready has another fault first.',
    'No answer at all, instead of a refusal, points to the network.',
  ],
  decidedBy:
    'the sockets inside the pod: a port-forward that works while the pod address refuses means a process bound to loopback',
  fix: [
    {
      text: 'Point targetPort at the port on which the process listens.',
      change: { servicePort: 'targetPort', to: '{listening#}' },
      danger: 'A declared port that accepts connections may be for something else, such as metrics.',
    },
    { text: 'Or make the process listen on port {port} of all addresses (0.0.0.0 or ::), not of 127.0.0.1.' },
  ],
  links: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  masks: [],
  unreadySymptom: true,
  needs: ['services', 'pods', 'nodes', 'probes'],

  run(group, { services, pods, nodes, probes }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || port === undefined) return undefined;
    const answer = (pod: Pod, number: number) =>
      podProbeOf(probes, pod, { targetGroupArn: group.targetGroup.arn, port: number })?.outcome.kind;
    const deaf = targetsServedOnlyBy(group, { services, pods, nodes }, (pod) => {
      const kind = answer(pod, targetPortIn(pod, port) ?? 0);
      return kind && kind === 'refused';
    });
    return deaf.map(({ target, pod }) => {
      const number = targetPortIn(pod, port) ?? 0;
      const open = pod.spec.containers
        .flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort))
        .find((other) => other !== number && answer(pod, other) === 'open');
      return {
        ...(target && { target }),
        saw: `${nameOf(pod)} refuses connections to ${number}${open === undefined ? '' : ` and accepts them on ${open}`}`,
        expected: `a process that listens on ${number} of the pod's address`,
        confidence: open === undefined ? ('probable' as const) : ('confirmed' as const),
        values: {
          port: number,
          servicePort: port.port,
          index: service.spec.ports.indexOf(port),
          ...(open !== undefined && { listening: open }),
        },
      };
    });
  },
});
