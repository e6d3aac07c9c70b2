import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { isBehindMesh } from '../../kubernetes/behind-mesh.ts';
import { isHttpPort } from '../../kubernetes/http-port.ts';
import { exemptionOf, meshProxyOf } from '../../kubernetes/mesh.ts';
import { podsOf, serviceOf, servicePortOf, targetPortIn } from '../../kubernetes/service.ts';
import { workloadsBehind } from '../../kubernetes/workload.ts';
import type { Pod, Service, ServicePort, Workload } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { clientAnswer } from '../../probes/client-answer.ts';
import { headerOf, isCheckedElsewhere, isProvenByHealthCheck, undecidedByClients } from '../../probes/client-bytes.ts';
import { formatOutcome, formatRequest } from '../../probes/results.ts';

export const trafficPortHangsUp = check({
  id: 'traffic-port-hangs-up',
  kind: 'clients',
  stage: 'answer',
  severity: 'high',
  title: 'A healthy target hangs up on an HTTP request, and the health check does not notice',
  symptom:
    'Every target is healthy, and clients get a closed connection or “connection reset by peer” instead of an answer.',
  why: `A health check that only connects, or that goes to another port, ends before the first byte of a client. What hangs up then is not seen:
the proxy of a service mesh that takes only mutual TLS, or a server that waits for a Proxy Protocol header which no one sends.`,
  proof: `The port of the Service is declared for HTTP, and a healthy target closes the connection on one plain request, without an answer. It
is confirmed where a mesh's proxy takes the port in every ready pod: were it the application behind the proxy that hangs up, the proxy would answer
with a status itself. Without one it stays probable: a server may hang up on an unknown host name on purpose.`,
  nearMisses: [
    'Any answer by HTTP, a 400 or a 404 too, shows that somebody reads the request.',
    'A refused connection is `traffic-port-refused`, and no answer at all may be a matter of where the probe starts.',
    'Where the Service or its pods name Proxy Protocol it is `proxy-protocol-one-sided`.',
    'A port that an annotation exempts from the mesh’s proxy is the application’s own.',
    'An HTTP health check of the traffic port sees the same: the target is unhealthy.',
  ],
  decidedBy:
    'one request through the load balancer with the host name that clients use, and the log of the server or proxy while it arrives',
  fix: [
    {
      text: 'Let the mesh accept plain connections on this port: PERMISSIVE mode for the port, or exempt the port from the proxy.',
      when: 'exemption',
      change: {
        patch: { spec: { template: { metadata: { annotations: { '{exemption}': '{port}' } } } } },
        on: { object: '{workload}', in: '{namespace}' },
      },
      danger:
        'It replaces ports already listed there. Traffic on that port is then neither encrypted nor authorized by the mesh.',
    },
    {
      text: 'Or send clients through a gateway of the mesh, which speaks mutual TLS to the pods.',
      when: 'exemption',
    },
    {
      text: 'See in the log of the server why it hangs up; if it waits for a Proxy Protocol header, let the load balancer send it.',
      when: 'bare',
      look: { kubectl: 'logs service/{service} --all-containers --tail=50', in: '{namespace}' },
    },
    {
      text: 'Let the health check send a request to the traffic port, so that the next time it notices.',
    },
  ],
  links: [
    'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
  ],
  masks: [],
  needs: ['listeners', 'services', 'pods', 'probes'],
  optional: ['workloads'],
  applies: ({ targetGroup, targets }) =>
    ['TCP', 'TLS'].includes(targetGroup.protocol) &&
    targetGroup.targetType !== 'alb' &&
    targets.some(({ state }) => state === 'healthy'),

  run(group, { services, pods, probes, workloads = [] }) {
    const question = questionOf(group, services, pods);
    if (question === undefined) return undefined;
    const answer = answerOf(group, probes);
    if (answer?.verdict !== 'rejected' || answer.probe.outcome.kind !== 'reset') return [];
    const { probe } = answer;
    const target = group.targets.find(({ id, port }) => id === probe.targetId && port === probe.targetPort);
    if (target?.state !== 'healthy') return [];
    const saw = `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}`;
    const expected = 'an answer to the request of a client';
    const { proxy } = question;
    if (proxy === undefined)
      return [{ target, saw, expected, confidence: 'probable' as const, values: { bare: 'yes' } }];
    return [
      {
        saw: `${saw}; every ready pod runs ${proxy}, which takes this port`,
        expected: `${expected} from outside of the mesh`,
        confidence: 'confirmed' as const,
        values: valuesOf(question, { pods, workloads, proxy }),
      },
    ];
  },

  undecided(group, { services, pods, probes }) {
    if (questionOf(group, services, pods) === undefined) return [];
    const answer = answerOf(group, probes);
    if (answer !== undefined && answer.verdict !== 'unclear') return [];
    const why =
      answer === undefined
        ? 'no healthy target was asked'
        : `${formatRequest(answer.probe)}: ${formatOutcome(answer.probe.outcome)}`;
    return [undecidedByClients(group, `whether a request is answered on the traffic port: ${why}`)];
  },
});

interface Question {
  service: Service;
  port: ServicePort;
  /** The proxy of a mesh that takes the port in every ready pod. */
  proxy: string | undefined;
}

/** Undefined where the port is not known to be for HTTP, or the health check shows what comes of a request. */
function questionOf(group: TargetGroupContext, services: Service[], pods: Pod[]): Question | undefined {
  const service = serviceOf(group, services);
  const port = service && servicePortOf(group, service);
  if (service === undefined || port === undefined || !isHttpPort(port)) return undefined;
  if (listenersInUse(group).length === 0 || isProvenByHealthCheck(group, service) || headerOf(group) === 'on')
    return undefined;
  const isMeshed = isBehindMesh(service, port, pods);
  if (!isMeshed && !isCheckedElsewhere(group)) return undefined;
  const [proxy] = isMeshed ? podsOf(service, pods).flatMap((pod) => meshProxyOf(pod) ?? []) : [];
  return { service, port, proxy };
}

/** The answer to a request without a header; a TLS handshake asks something else. */
function answerOf(group: TargetGroupContext, probes: Parameters<typeof clientAnswer>[1]) {
  const answer = headerOf(group) === 'off' ? clientAnswer(group, probes) : undefined;
  return answer?.probe.purpose === 'client-first-bytes' ? answer : undefined;
}

function valuesOf(
  { service, port }: Question,
  { pods, workloads, proxy }: { pods: Pod[]; workloads: Workload[]; proxy: string },
): Record<string, string | number> {
  const workload = workloadsBehind(service, workloads).find(({ kind }) => kind !== 'ReplicaSet');
  const [pod] = podsOf(service, pods);
  return {
    exemption: exemptionOf(proxy),
    port: (pod && targetPortIn(pod, port)) ?? port.port,
    ...(workload && { workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}` }),
  };
}
