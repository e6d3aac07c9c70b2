import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { podsOfOneTemplate } from '../../kubernetes/one-template.ts';
import { nodePortsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import type { Pod, Service } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { clientProbeOf, refusedClient } from '../../probes/client-answer.ts';
import { isCheckedElsewhere, undecidedByClients } from '../../probes/client-bytes.ts';
import { formatOutcome, formatRequest } from '../../probes/results.ts';

export const trafficPortRefused = check({
  id: 'traffic-port-refused',
  kind: 'clients',
  stage: 'answer',
  severity: 'critical',
  ownerless: true,
  title: 'A healthy target refuses clients: the health check goes to another port than they do',
  symptom: 'Every target is healthy, and clients get “connection refused”.',
  why: `A health check of another port says nothing about the port of the clients. Under externalTrafficPolicy Local kube-proxy answers it, and
counts ready pods without connecting to them: where they have no readiness probe for the port of the Service, no one notices that
nothing listens there, or that the NodePort is an old one.`,
  proof: `A listener forwards to the target group, its targets are checked at another port than the registered one, and a healthy target
refuses one connection to the registered port. A refusal comes from the target itself; packet filters of the VPC drop silently. It is true of
every target where the Service has no such NodePort, and where all ready pods come from one template: one image, one command, one port.`,
  nearMisses: [
    'A health check of the traffic port connects to it, so that a target which refuses is unhealthy.',
    'The targets are registered on a port that is no NodePort of the Service: `nodeport-changed-stale-target-group`, or `nodeport-not-allocated`.',
    'No answer at all may be a matter of where the probe starts, and decides nothing.',
    'A target group that no listener uses gets no clients.',
    'Where only a leader listens, or members of a StatefulSet differ by role, other targets may serve: only the one that was asked is named.',
  ],
  decidedBy: 'one connection to the registered port of a healthy target, from inside of the VPC',
  fix: [
    {
      text: 'See to which port the Service forwards.',
      look: { kubectl: 'get service {service} --output jsonpath={.spec.ports}', in: '{namespace}' },
    },
    {
      text: 'See which ports its endpoints have: that is where connections arrive.',
      look: { kubectl: 'get endpointslices --selector kubernetes.io/service-name={service}', in: '{namespace}' },
    },
    {
      text: 'Set targetPort to the port on which the application listens, on an address other than the loopback one.',
      change: { run: 'kubectl --namespace {namespace} edit service {service}' },
      disturbs: 'New connections go to the other port at once.',
      undo: 'Edit it again and set the former port.',
    },
    {
      text: 'Give the pods a readiness probe that connects to this port, so that the next time the health check notices.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    'https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip',
  ],
  masks: [],
  needs: ['targetHealth', 'listeners', 'probes'],
  optional: ['services', 'pods'],
  applies: (group) => ['TCP', 'TLS'].includes(group.targetGroup.protocol) && group.targetGroup.targetType !== 'alb',

  run(group, { probes, services = [], pods = [] }) {
    if (!isCheckedElsewhere(group) || listenersInUse(group).length === 0) return undefined;
    const refused = refusedClient(group, probes);
    if (refused === undefined) return [];
    const { probe, target } = refused;
    const shared = whyAllAlike(target, group, { services, pods });
    const concerned = group.targets.filter(
      (each) => each === target || (shared !== undefined && each.state === 'healthy' && each.port === target.port),
    );
    const saw = `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}; the health check asks port ${target.healthCheckPort}`;
    return concerned.map((each) => ({
      target: each,
      saw: shared === undefined || concerned.length === 1 ? saw : `${saw}; ${shared}`,
      expected: 'a target that accepts connections on the port that clients get to',
      confidence: 'confirmed' as const,
    }));
  },

  undecided(group, { probes }) {
    if (!isCheckedElsewhere(group) || listenersInUse(group).length === 0) return [];
    const probe = clientProbeOf(group, probes);
    if (probe === undefined)
      return [undecidedByClients(group, 'whether the traffic port is open: no healthy target was asked')];
    const { outcome } = probe;
    const isSilent = outcome.kind === 'unreachable' || (outcome.kind === 'timeout' && outcome.phase === 'connect');
    return isSilent
      ? [
          undecidedByClients(
            group,
            `whether the traffic port is open: ${formatRequest(probe)}: ${formatOutcome(outcome)}`,
          ),
        ]
      : [];
  },
});

/** Why what one target does is true of all; undefined where pods may differ. */
function whyAllAlike(
  { port }: Target,
  group: TargetGroupContext,
  { services, pods }: { services: Service[]; pods: Pod[] },
): string | undefined {
  const service = serviceOf(group, services);
  if (service === undefined) return undefined;
  const isNodePort = group.targetGroup.targetType === 'instance';
  if (isNodePort && !nodePortsOf(service).includes(port)) return `the Service has no NodePort ${port}`;
  const count = podsOfOneTemplate(service, pods, group.takenAt);
  return count === undefined ? undefined : `all ${count} ready pods come from one template`;
}
