import { targetsServedOnlyBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { writeLabels } from '../../kubernetes/label-selector.ts';
import { narrowerSelector } from '../../kubernetes/narrower-selector.ts';
import { podsAt, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf, serviceOf, servicePortOf, targetPortIn } from '../../kubernetes/service.ts';
import type { Pod, Service } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
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
    'Where pods of another workload are healthy on the target port, the Service is right about the port, and its selector matches too much.',
  ],
  decidedBy:
    'the sockets inside the pod: a port-forward that works while the pod address refuses means a process bound to loopback',
  fix: [
    {
      text: 'The selector of the Service matches pods of {strangers} too, which serve something else: let it match those of {servedBy} alone, or make the process of the others listen on port {port}.',
      change: { selector: '{labels}' },
      disturbs: { nothing: 'the pods that stop being targets refuse clients now.' },
      when: 'strangers',
    },
    {
      text: 'Point targetPort at the port on which the process listens.',
      change: { servicePort: 'targetPort', to: '{listening#}' },
      danger: 'A declared port that accepts connections may be for something else, such as metrics.',
      when: 'elsewhere',
    },
    {
      text: 'Or make the process listen on port {port} of all addresses (0.0.0.0 or ::), not of 127.0.0.1.',
      when: 'elsewhere',
    },
    {
      text: 'Healthy pods of the same workload listen on port {port}: compare with them what this pod runs, and replace it.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
      when: 'pod',
    },
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
    if (deaf.length === 0) return [];
    const serving = servingPods(group, pods);
    const mixed = mixtureOf(
      service,
      serving,
      deaf.map((each) => each.pod),
    );
    return deaf.map(({ target, pod }) => {
      const number = targetPortIn(pod, port) ?? 0;
      const open = pod.spec.containers
        .flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort))
        .find((other) => other !== number && answer(pod, other) === 'open');
      const beside = mixed?.strangers.has(pod)
        ? `; the selector matches ${workloadOf(pod)} and ${mixed.servedBy}, and the pods of the latter are healthy`
        : '';
      return {
        ...(target && { target }),
        saw: `${nameOf(pod)} refuses connections to ${number}${open === undefined ? '' : ` and accepts them on ${open}`}${beside}`,
        expected: `a process that listens on ${number} of the pod's address`,
        confidence: open === undefined ? ('probable' as const) : ('confirmed' as const),
        values: {
          port: number,
          servicePort: port.port,
          index: service.spec.ports.indexOf(port),
          ...(mixed?.values ?? (serving.length === 0 ? { elsewhere: 'yes' } : { pod: pod.metadata.name })),
          ...(open !== undefined && { listening: open }),
        },
      };
    });
  },
});

/** Pods that are healthy ip targets: the target port of the Service is right for them. */
const servingPods = ({ targets, targetGroup }: TargetGroupContext, pods: Pod[]): Pod[] =>
  targetGroup.targetType === 'ip'
    ? targets.filter(({ state }) => state === 'healthy').flatMap(({ id }) => podsAt(id, pods))
    : [];

interface Mixture {
  /** Pods of workloads of which no pod serves. */
  strangers: Set<Pod>;
  servedBy: string;
  values: Record<string, string>;
}

/** What the selector matches beside the workloads that serve; undefined where it is nothing, or where none serves. */
function mixtureOf({ spec: { selector } }: Service, serving: Pod[], deaf: Pod[]): Mixture | undefined {
  const owners = new Set(serving.map(workloadOf));
  const strangers = deaf.filter((pod) => !owners.has(workloadOf(pod)));
  if (owners.size === 0 || strangers.length === 0) return undefined;
  const narrower = narrowerSelector(selector, { wanted: serving, others: strangers });
  const servedBy = [...owners].join(', ');
  return {
    strangers: new Set(strangers),
    servedBy,
    values: {
      strangers: [...new Set(strangers.map(workloadOf))].join(', '),
      servedBy,
      ...(narrower && { labels: writeLabels(narrower) }),
    },
  };
}
