import { listenersInUse } from '../../controllers/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { isPodReady, isServing } from '../../kubernetes/pod.ts';
import { isLocal, nodeOf, podsOf, serviceOf, servicePortOf, targetPortIn } from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { probesArrive } from '../../network/health-check-path.ts';
import { clientProbeOf } from '../../probes/client-answer.ts';
import { isCheckedElsewhere, undecidedByClients } from '../../probes/client-bytes.ts';
import { formatOutcome, formatRequest } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const trafficPortSilent = check({
  id: 'traffic-port-silent',
  kind: 'clients',
  stage: 'answer',
  severity: 'critical',
  title: 'A healthy target gives no answer on the port of clients, although every rule admits them',
  symptom: 'The target is healthy, and connections through the load balancer time out.',
  why: `Under externalTrafficPolicy Local kube-proxy answers the health check on a separate port. What happens to a connection on its path from
the NodePort to the pod is not seen: a network plugin instead of kube-proxy or chained behind another, a firewall of the host, or a
setting of the kernel may drop it.`,
  proof: `A listener forwards to the target group, its targets are checked at another port than the registered one, and a connection to the registered
port of a healthy target gets no answer, although security groups, network ACLs and routes that were read admit it. Under the policy Local
a ready pod runs on the node. It is confirmed where no network policy could have dropped it.`,
  nearMisses: [
    'A probe that a security group or a route keeps from arriving says nothing.',
    'A node without a ready pod drops clients under Local: `no-endpoint-behind-healthy-targets` and `hc-tcp-override-under-local`.',
    'A refused connection is `traffic-port-refused`.',
    'A network policy may admit clients and not the auditor: at risk.',
  ],
  decidedBy:
    'a capture on the node while a client connects: whether the packet arrives, and whether it leaves for the pod',
  fix: [
    {
      text: 'See which network plugin forwards NodePorts on this node, and its state.',
      look: { kubectl: 'get daemonsets --output wide', in: 'kube-system' },
      verify: 'kubectl --namespace {namespace} get endpointslices --selector kubernetes.io/service-name={service}',
    },
    {
      text: 'Watch the packets on the node while a client connects: what arrives and is not sent on to a pod is dropped by the host or its plugin.',
      change: {
        debugNode:
          'dnf install --quiet --assumeyes tcpdump; tcpdump -c 20 -n -i any tcp port {port} or tcp port {podPort}',
      },
      when: 'podPort',
    },
    {
      text: 'Until then, ip targets lead past the NodePort: set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type to ip (AWS Load Balancer Controller).',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
  ],
  masks: [],
  needs: ['listeners', 'probes', 'services', 'pods', 'nodes', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['networkAcls', 'routeTables', 'prefixLists', 'networkPolicies', 'enginePolicies'],
  applies: ({ targetGroup }) => ['TCP', 'TLS'].includes(targetGroup.protocol) && targetGroup.targetType !== 'alb',

  run(group, facts) {
    if (!isCheckedElsewhere(group) || listenersInUse(group).length === 0) return undefined;
    const { networkPolicies, enginePolicies } = facts;
    const probe = clientProbeOf(group, facts.probes);
    const target = group.targets.find(({ id, port }) => id === probe?.targetId && port === probe.targetPort);
    if (probe === undefined || target?.state !== 'healthy' || !isSilent(probe.outcome)) return [];
    if (!probesArrive(target, group, facts, target.port) || !hasPod(target, group, facts)) return [];
    const isFree = networkPolicies?.length === 0 && enginePolicies?.length === 0;
    const node = nodeOf(target, facts.nodes)?.metadata.name;
    const podPort = podPortOf(group, facts);
    return [
      {
        target,
        saw: `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}, and every rule admits it; the health check asks port ${target.healthCheckPort}`,
        expected: 'an answer on the port that clients get to',
        confidence: isFree ? ('confirmed' as const) : ('probable' as const),
        values: {
          port: target.port,
          ...(node !== undefined && { node }),
          ...(podPort !== undefined && { podPort }),
        },
      },
    ];
  },

  undecided(group, facts) {
    if (!isCheckedElsewhere(group) || listenersInUse(group).length === 0) return [];
    const probe = clientProbeOf(group, facts.probes);
    if (probe !== undefined && !isSilent(probe.outcome)) return [];
    const why =
      probe === undefined ? 'no healthy target was asked' : `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}`;
    return [undecidedByClients(group, `whether the traffic port answers: ${why}`)];
  },
});

/** The port of the pods to which kube-proxy sends what arrives at the NodePort. */
function podPortOf(
  group: TargetGroupContext,
  { services, pods }: Pick<Slices, 'services' | 'pods'>,
): number | undefined {
  const service = serviceOf(group, services);
  const port = service && servicePortOf(group, service);
  const [pod] = service === undefined ? [] : podsOf(service, pods);
  return port && pod && targetPortIn(pod, port);
}

/** False under the policy Local for a node that has no ready pod of the Service: there it is meant to be silent. */
function hasPod(
  target: Target,
  group: TargetGroupContext,
  { services, pods, nodes }: Pick<Slices, 'services' | 'pods' | 'nodes'>,
): boolean {
  const service = serviceOf(group, services);
  if (service === undefined || !isLocal(group, service)) return true;
  const node = nodeOf(target, nodes)?.metadata.name;
  return podsOf(service, pods).some(
    (pod) => isServing(pod) && isPodReady(pod) && node !== undefined && pod.spec.nodeName === node,
  );
}
