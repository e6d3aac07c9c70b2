import { check } from '../../diagnosis/check.ts';
import { podsOf, serviceOf, targetPortIn } from '../../kubernetes/service.ts';
import type { TargetType } from '../../model/aws.ts';
import type { Pod, ServicePort } from '../../model/kubernetes.ts';
import { formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const hcUdpWithoutTcpResponder = check({
  id: 'hc-udp-without-tcp-responder',
  kind: 'fault',
  stage: 'configuration',
  severity: 'critical',
  healthCheckMismatch: true,
  title: 'Nothing answers TCP on the port of a UDP target group, and health checks cannot use UDP',
  symptom: 'Every target of a UDP or QUIC group is unhealthy from the start, though UDP itself may pass.',
  why: `Elastic Load Balancing checks UDP and QUIC target groups with TCP, HTTP or HTTPS. On the traffic port of a Service that serves
only UDP nothing listens for TCP, so no target ever becomes healthy; since all fail, the load balancer may still forward the
datagrams.`,
  proof: `The target group's protocol is UDP or QUIC, its health check goes to the traffic port, no TCP port of the Service shares
that number, and connections to it are refused.`,
  nearMisses: [
    'Under externalTrafficPolicy Local with instance targets the check goes to kube-proxy, which answers HTTP.',
    'A TCP port of the Service with the same number answers, as DNS servers do.',
    'No answer at all, instead of a refusal, points to the network.',
  ],
  decidedBy: 'one TCP connection to the health check port from inside the VPC',
  fix: [
    {
      text: 'Point the health check to a port on which the application answers TCP: for ip targets a container port, for instances a NodePort of the Service.',
      change: { healthCheck: { port: '{port}' } },
    },
    {
      text: 'Or, with instance targets, use the policy Local: kube-proxy then answers for the pods of its node.',
      change: { patch: { spec: { externalTrafficPolicy: 'Local' } } },
      disturbs: 'After that only nodes with a ready pod serve this Service.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2144',
  ],
  masks: ['container-not-listening-on-target-port', 'app-bound-to-loopback', 'nodeport-rules-not-programmed'],
  needs: ['services'],
  optional: ['pods', 'probes'],
  applies: ({ targetGroup }) => ['UDP', 'QUIC'].includes(targetGroup.protocol),

  run(group, { services, pods = [], probes = [] }) {
    const service = serviceOf(group, services);
    const { protocol, targetType, healthCheck } = group.targetGroup;
    const behind = service === undefined ? [] : podsOf(service, pods);
    const overTcp = (service?.spec.ports ?? [])
      .filter((port) => port.protocol === 'TCP')
      .flatMap((port) => registrable(port, targetType, behind) ?? []);
    const [answering] = overTcp;
    return group.failing.flatMap((target) => {
      if (target.healthCheckPort !== target.port || overTcp.includes(target.port)) return [];
      const probe = probeOf(probes, target, 'health-check');
      if (probe !== undefined && probe.outcome.kind !== 'refused') return [];
      return [
        {
          target,
          saw: `${protocol} target group, checked with ${healthCheck.protocol} on port ${target.healthCheckPort}${probe ? `; ${formatRequest(probe)}: ${formatOutcome(probe.outcome)}` : ''}`,
          expected: 'a port that answers TCP',
          confidence: probe === undefined ? ('probable' as const) : ('confirmed' as const),
          ...(answering !== undefined && { values: { port: answering } }),
        },
      ];
    });
  },
});

/** The number by which targets of this type are registered for the Service port. */
function registrable(port: ServicePort, targetType: TargetType, behind: Pod[]): number | undefined {
  if (targetType === 'instance') return port.nodePort;
  if (typeof port.targetPort === 'number') return port.targetPort;
  return behind.map((pod) => targetPortIn(pod, port)).find((number) => number !== undefined);
}
