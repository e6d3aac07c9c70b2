import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { meshProxyOf } from '../../kubernetes/mesh.ts';
import { readinessRequestOf } from '../../kubernetes/readiness-request.ts';
import { podsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Pod, Service } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { clientAnswer } from '../../probes/client-answer.ts';
import { undecidedByClients } from '../../probes/client-bytes.ts';
import { formatOutcome, formatRequest } from '../../probes/results.ts';

export const tlsEndedTwice = check({
  id: 'tls-ended-twice',
  kind: 'clients',
  stage: 'answer',
  severity: 'high',
  ownerless: true,
  title: 'The load balancer ends TLS and forwards plain text to a server that speaks TLS',
  symptom: 'Every target is healthy, and every client gets 400 or a closed connection after a good TLS handshake.',
  why: `A TLS listener decrypts what clients send. Towards a target group of protocol TCP it forwards plain text; a server that speaks TLS on
that port takes it for a broken handshake. A TCP health check passes, and so does an HTTPS one, since both begin as the server expects.`,
  proof: `A TLS listener forwards to a target group of protocol TCP, a healthy target takes part in a TLS handshake on its traffic port, and
nothing shows that it speaks plain text there too: no HTTP health check, no readiness probe in plain text, no service mesh.`,
  nearMisses: [
    'A target group of protocol TLS encrypts again: the server gets what it expects.',
    'A plain HTTP health check or readiness probe that passes on the same port shows that the server takes plain text as well.',
    'The proxy of a service mesh tells TLS and plain text apart.',
    'A TCP listener on 443 passes the clients’ own TLS through.',
  ],
  decidedBy: 'one request in plain text to the traffic port of a target, from inside of the VPC',
  fix: [
    {
      text: 'Make the load balancer encrypt again towards the targets.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-backend-protocol': 'ssl' } },
      disturbs:
        'A new target group takes the place of this one, and its targets pass their first health checks before they serve.',
    },
    {
      text: 'Or forward the TLS listener to a port on which the server speaks plain text: the targetPort of the Service.',
      change: { run: 'kubectl --namespace {namespace} edit service {service}' },
      disturbs: 'New connections go to the other port at once.',
      undo: 'Edit it again and set the former port.',
    },
    {
      text: 'Or leave TLS to the server alone: make the listener TCP by removing the certificate’s annotation or this port from the ssl-ports annotation.',
      danger: 'Clients then see the certificate of the server instead of the one of the load balancer.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#backend-protocol',
  ],
  masks: [],
  needs: ['targetGroups', 'listeners', 'probes'],
  optional: ['services', 'pods'],
  applies: (group) =>
    group.targetGroup.protocol === 'TCP' &&
    group.targetGroup.targetType !== 'alb' &&
    group.targets.some(({ state }) => state === 'healthy'),

  run(group, { probes, services, pods }) {
    const listener = listenersInUse(group).find(({ protocol }) => protocol === 'TLS');
    if (listener === undefined) return undefined;
    const answer = clientAnswer(group, probes);
    if (answer?.verdict !== 'understood' || answer.probe.purpose !== 'client-tls') return [];
    const plain = plainTextBy(group, services, pods);
    if (plain === 'shown') return [];
    const { outcome } = answer.probe;
    const reply = outcome.kind === 'open' ? 'the handshake succeeds' : formatOutcome(outcome);
    return [
      {
        saw: `${formatRequest(answer.probe)} of a healthy target: ${reply}; the TLS listener on ${listener.port} forwards plain text to ${group.targetGroup.name} (protocol TCP)`,
        expected: 'a target group of protocol TLS, or a port on which the server speaks plain text',
        confidence: plain === 'not shown' ? ('confirmed' as const) : ('probable' as const),
      },
    ];
  },

  undecided(group, { probes, services, pods }) {
    if (plainTextBy(group, services, pods) === 'shown') return [];
    const answer = clientAnswer(group, probes);
    if (answer !== undefined && answer.verdict !== 'unclear') return [];
    const why =
      answer === undefined
        ? 'no healthy target was asked'
        : `${formatRequest(answer.probe)}: ${formatOutcome(answer.probe.outcome)}`;
    return [undecidedByClients(group, `whether the server ends TLS once more: ${why}`)];
  },
});

/** Whether something shows that the traffic port takes plain text: `unknown` where what could show it was not read, or a mesh is between. */
function plainTextBy(
  group: TargetGroupContext,
  services: Service[] | undefined,
  pods: Pod[] | undefined,
): 'shown' | 'not shown' | 'unknown' {
  const { targetGroup, targets } = group;
  const isChecked = targets.some(({ state, port, healthCheckPort }) => state === 'healthy' && port === healthCheckPort);
  if (targetGroup.healthCheck.protocol === 'HTTP' && isChecked) return 'shown';
  const service = services && serviceOf(group, services);
  const port = service && servicePortOf(group, service);
  if (pods === undefined || service === undefined || port === undefined) return 'unknown';
  if (podsOf(service, pods).some((pod) => meshProxyOf(pod) !== undefined)) return 'unknown';
  return readinessRequestOf(service, port, pods)?.scheme === 'HTTP' ? 'shown' : 'not shown';
}
