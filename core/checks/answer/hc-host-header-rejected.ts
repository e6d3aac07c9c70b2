import { check } from '../../diagnosis/check.ts';
import { answersWell, badAnswer, formatOutcome, probeOf } from '../../probes/results.ts';

export const hcHostHeaderRejected = check({
  id: 'hc-host-header-rejected',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  needsChange: true,
  healthCheckMismatch: true,
  title: 'The application refuses the Host header of the health check',
  symptom: 'Every target is unhealthy, while curl to the same address and path gets a good answer.',
  why: `The check's Host header is the address of a load balancer node with the listener's port. An application or proxy that
serves only the names it knows refuses that request, while clients that use its name, or curl to the pod's address, get a good answer.`,
  proof: `The health check's own request, with the Host header that the load balancer sends, gets a status outside the success
codes; the same request with another host, taken from the readiness probe, the list of allowed hosts, external-dns or the
target's address, gets an accepted one.`,
  nearMisses: [
    'The same status with both hosts is a matter of path, login or success codes.',
    'A request by hand proves nothing unless it sends the Host header of the health check.',
  ],
  decidedBy: 'the list of hosts that the application accepts, and the health check’s request with one of them',
  fix: [
    {
      text: 'Make the application answer the health-check path for any host: health checks name the addresses of the load balancer nodes, here {refused}.',
    },
    {
      text: 'Or check only that the port accepts connections.',
      change: { healthCheck: { protocol: 'TCP' } },
      danger: 'A TCP check does not notice errors of the application.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [
    'hc-success-codes-mismatch',
    'hc-path-wrong-status',
    'hc-endpoint-requires-auth-or-client-cert',
    'app-error-status',
  ],
  needs: ['probes'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes }) {
    return group.failing.flatMap((target) => {
      const probe = badAnswer(probes, target, group.targetGroup);
      const other = probeOf(probes, target, 'other-host');
      if (probe?.outcome.kind !== 'http' || other === undefined || !answersWell(other, group.targetGroup)) return [];
      const refused = probe.request.host ?? 'the address of the load balancer';
      const accepted = other.request.host ?? `${other.request.address}:${other.request.port}`;
      return [
        {
          target,
          saw: `${probe.request.path ?? '/'} with Host ${refused}: ${formatOutcome(probe.outcome)}; with Host ${accepted}: ${formatOutcome(other.outcome)}`,
          expected: 'the same answer under the Host header of the load balancer',
          confidence: 'confirmed' as const,
          values: { refused, accepted },
        },
      ];
    });
  },
});
