import { check } from '../../diagnosis/check.ts';
import { meshProxyOf } from '../../kubernetes/mesh.ts';
import { checkedPortOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Confidence } from '../../model/check-result.ts';
import type { ServicePort } from '../../model/kubernetes.ts';
import type { ProbePurpose, ProbeResult } from '../../model/probe-result.ts';
import { badAnswer, formatContrast, formatOutcome, formatRequest, probeOf, spokeTls } from '../../probes/results.ts';

export const hcHttpOnNonHttpServer = check({
  id: 'hc-http-on-non-http-server',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  begunBy: ['ModifyTargetGroup'],
  needsChange: true,
  healthCheckMismatch: true,
  title: 'The health check speaks HTTP/1.1 to a server that does not',
  symptom:
    'Every target is unhealthy although its port accepts connections and the clients of its protocol are served.',
  why: `A gRPC or HTTP/2 server, a database or a message broker cannot answer a plain HTTP/1.1 request, so an HTTP check fails on
every target while clients are served. Network Load Balancers have no gRPC check, and appProtocol of the Service does not change
the health check.`,
  proof: `The connection opens, and what comes back to the request is not HTTP/1.x, or the server hangs up; neither the other
scheme nor the Proxy Protocol changes that. Bytes that are not HTTP confirm it; after a hang-up alone, the Service's port has to name
such a protocol.`,
  nearMisses: [
    'The server answers HTTP over TLS: `hc-protocol-tls-mismatch`.',
    'A mesh proxy in the pod resets plain connections: `hc-mesh-mtls-or-sidecar-intercept`.',
    'A TLS server may answer plain text with an alert record, which does not prove another protocol.',
    'A server that expects a Proxy Protocol header hangs up too: `ppv2-expected-but-not-sent`.',
  ],
  decidedBy: 'the protocol that the server speaks on this port: its first bytes, or appProtocol of the Service port',
  fix: [
    {
      text: 'Check only that the port accepts connections.',
      change: { healthCheck: { protocol: 'TCP' } },
    },
    { text: 'Or add a port to the application that answers HTTP/1.1, and point the health check to it.' },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
  ],
  masks: ['app-saturated'],
  needs: ['probes'],
  optional: ['services', 'pods'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes, services = [], pods = [] }) {
    const service = serviceOf(group, services);
    const isMeshed = service !== undefined && podsOf(service, pods).some((pod) => meshProxyOf(pod) !== undefined);
    return group.failing.flatMap((target) => {
      const result = badAnswer(probes, target, group.targetGroup);
      const others = contrasts.flatMap((purpose) => probeOf(probes, target, purpose) ?? []);
      if (result === undefined || [result, ...others].some(isFamiliar)) return [];
      const hint = service && otherProtocol(checkedPortOf(target, group, service));
      const telling = [result, ...others].find(({ outcome }) => outcome.kind === 'not-http');
      const confidence = telling ? 'confirmed' : hangsUp(result, hint !== undefined);
      if (confidence === undefined || (isMeshed && telling === undefined)) return [];
      const other = telling === result ? undefined : telling;
      const reported = other
        ? formatContrast(result, other)
        : `${formatRequest(result)}: ${formatOutcome(result.outcome)}`;
      const spoken = hint === undefined ? '' : `; the Service port says ${hint}`;
      return [
        {
          target,
          saw: `${reported}${spoken}`,
          expected: 'an HTTP/1.x status line, or a TCP health check',
          confidence,
        },
      ];
    });
  },
});

const contrasts: ProbePurpose[] = ['other-scheme', 'with-proxy-header', 'without-proxy-header'];

/** HTTP/1.x after all, or TLS; a TLS server may answer plain text with an alert record (RFC 8446, 5.1). */
const isFamiliar = (probe: ProbeResult): boolean =>
  probe.outcome.kind === 'http' ||
  spokeTls(probe) ||
  (probe.outcome.kind === 'not-http' && probe.outcome.firstBytes.startsWith('\\x15\\x03'));

/** What a connection that ends or stays silent without a byte tells; a cut handshake or silence alone tells nothing. */
function hangsUp({ outcome }: ProbeResult, hinted: boolean): Confidence | undefined {
  if ((outcome.kind !== 'reset' && outcome.kind !== 'timeout') || outcome.phase === 'connect') return undefined;
  if (hinted) return 'probable';
  return outcome.kind === 'reset' && outcome.phase === 'response' ? 'possible' : undefined;
}

/** What the Service port says it speaks, by appProtocol or by the first word of its name, where that is not HTTP/1.1. */
function otherProtocol(port: ServicePort | undefined): string | undefined {
  const words = [port?.appProtocol, port?.name?.split('-')[0]];
  return words.find((word) =>
    /^(kubernetes\.io\/h2c|grpc|h2c?|http2|amqps?|mqtt|kafka|mongo|mysql|postgres|redis|ldap|smtp|tcp)$/i.test(
      word ?? '',
    ),
  );
}
