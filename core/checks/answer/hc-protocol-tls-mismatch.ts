import { check } from '../../diagnosis/check.ts';
import { meshProxyOf } from '../../kubernetes/mesh.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import { answersWell, badAnswer, formatContrast, probeOf, spokeTls } from '../../probes/results.ts';

export const hcProtocolTlsMismatch = check({
  id: 'hc-protocol-tls-mismatch',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  begunBy: ['ModifyTargetGroup'],
  needsChange: true,
  healthCheckMismatch: true,
  title: 'The health check speaks HTTP to a TLS port, or HTTPS to a plain one',
  symptom:
    'Every target is unhealthy from the start, or turned unhealthy when one side changed to TLS or back to plain text.',
  why: `The target group decides whether its check begins with a TLS handshake. A TLS server answers plain HTTP with 400 or hangs
up, and a plain server cannot answer a handshake, so every target of the group fails although the application works.`,
  proof: `The request of the health check fails on the target, and the same request with the other scheme is answered: over TLS
where the check is HTTP, in plain text where it is HTTPS.`,
  nearMisses: [
    'A server that answers plain HTTP on its TLS port with a redirect passes the default success codes.',
    'A TLS port that requires a client certificate may answer plain HTTP with 400; this does not make it a plain port.',
    'If neither scheme is answered, the server is not an HTTP server, or a proxy is in front of it.',
    'The proxy of a service mesh may require a client certificate in front of a plain server: `hc-mesh-mtls-or-sidecar-intercept`.',
  ],
  decidedBy: 'the health check repeated with the other scheme on each target',
  fix: [
    {
      text: 'Set the protocol of the health check to {protocol}.',
      change: { healthCheck: { protocol: '{protocol}' } },
    },
    {
      text: 'Or point the check to a port that speaks {liveProtocol}, if the pods have one; this is the only fix if the TLS port requires a client certificate.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-protocol',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
  ],
  masks: [
    'hc-success-codes-mismatch',
    'hc-path-wrong-status',
    'hc-endpoint-requires-auth-or-client-cert',
    'app-error-status',
  ],
  needs: ['probes'],
  optional: ['services', 'pods'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes, services = [], pods = [] }) {
    const service = serviceOf(group, services);
    const isMeshed = service !== undefined && podsOf(service, pods).some((pod) => meshProxyOf(pod) !== undefined);
    return group.failing.flatMap((target) => {
      const probe = badAnswer(probes, target, group.targetGroup);
      const other = probeOf(probes, target, 'other-scheme');
      if (probe === undefined || other === undefined) return [];
      const well = answersWell(other, group.targetGroup);
      // The proxy of a mesh takes mutual TLS in front of a server that may well be plain.
      if (isMeshed && other.outcome.kind === 'tls-failed') return [];
      if (!well && !speaksOther(probe, other)) return [];
      const protocol = other.request.protocol;
      return [
        {
          target,
          saw: formatContrast(probe, other),
          expected: `a health check with ${protocol} on this port`,
          confidence: well ? ('confirmed' as const) : ('probable' as const),
          values: { protocol, liveProtocol: probe.request.protocol },
        },
      ];
    });
  },
});

/** A 400 in plain text may be a TLS server's way to say so, and a status says nothing where both schemes get the same. */
function speaksOther(probe: ProbeResult, other: ProbeResult): boolean {
  if (probe.outcome.kind === 'http' && probe.outcome.status !== 400) return false;
  if (other.outcome.kind !== 'http') return spokeTls(other);
  if (probe.outcome.kind === 'http') return other.outcome.status !== 400;
  return spokeTls(other) || other.outcome.status !== 400 || repliedInPlain(probe);
}

/** OpenSSL's words for a reply to the handshake that is no TLS at all. */
const repliedInPlain = ({ outcome }: ProbeResult): boolean =>
  outcome.kind === 'tls-failed' && /wrong version number|packet length too long/.test(outcome.detail);
