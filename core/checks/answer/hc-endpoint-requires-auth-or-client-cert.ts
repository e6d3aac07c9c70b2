import { check } from '../../diagnosis/check.ts';
import type { Confidence } from '../../model/check-result.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import { answersWell, badAnswer, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const hcEndpointRequiresAuthOrClientCert = check({
  id: 'hc-endpoint-requires-auth-or-client-cert',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  healthCheckMismatch: true,
  title: 'The health check needs a login or a client certificate that it cannot send',
  symptom: 'Every target is unhealthy; people with a login or a client certificate reach the application.',
  why: `A Network Load Balancer sends its checks without credentials, and a target group has no setting to add any. An endpoint
that answers 401 or 403 without a login, or ends the TLS handshake without a client certificate, therefore never passes.`,
  proof: `All failing targets that answer the health check do so with 401 or 403, which the success codes leave out; or the TLS
handshake ends with the alert for a missing client certificate.`,
  nearMisses: [
    '403 only under the load balancer’s Host header is `hc-host-header-rejected`.',
    'Different statuses from one target to the next are `app-error-status`.',
    'In TLS 1.3 a missing certificate shows only after the handshake, as a connection reset: a handshake with TLS 1.2 shows which it is.',
  ],
  decidedBy: 'whether the endpoint requests a client certificate: openssl s_client against the health-check port',
  fix: [
    {
      text: 'Send the health check to a path that needs no login.',
      change: { healthCheck: { path: '{path}' } },
      when: 'codes',
    },
    {
      text: 'Or accept the status, if this answer means that the application works.',
      change: { healthCheck: { successCodes: '{codes}' } },
      when: 'codes',
    },
    {
      text: 'Or check a port that needs neither a login nor a client certificate, or check only that the port accepts connections.',
      change: { healthCheck: { protocol: 'TCP' } },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
  ],
  masks: ['hc-success-codes-mismatch', 'hc-path-wrong-status', 'hc-http-on-non-http-server'],
  needs: ['probes'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes }) {
    const answers = group.failing.flatMap((target) => {
      const result = badAnswer(probes, target, group.targetGroup);
      return result === undefined ? [] : [{ target, result }];
    });
    const uniform = answers.every(({ result }) => result.outcome.kind !== 'http' || refusal(result) !== undefined);
    return answers.flatMap(({ target, result }) => {
      const status = refusal(result);
      if (status !== undefined) {
        if (!uniform) return [];
        const codes = `${group.targetGroup.healthCheck.successCodes ?? '200-399'},${status}`;
        const open = probeOf(probes, target, 'readiness-path');
        const path = open && answersWell(open, group.targetGroup) ? open.request.path : undefined;
        return [
          {
            target,
            saw: `${formatRequest(result)}: ${formatOutcome(result.outcome)}${open && path ? `; ${path}: ${formatOutcome(open.outcome)}` : ''}`,
            expected: 'an answer without a login',
            confidence: 'confirmed' as const,
            values: { codes, ...(path !== undefined && { path }) },
          },
        ];
      }
      const older = probeOf(probes, target, 'tls-1.2');
      const confidence = wantsCertificate(result, older);
      if (confidence === undefined) return [];
      const withOlder = older === undefined ? '' : `; with TLS 1.2: ${formatOutcome(older.outcome)}`;
      const saw = `${formatRequest(result)}: ${formatOutcome(result.outcome)}${withOlder}`;
      return [{ target, saw, expected: 'a handshake without a client certificate', confidence }];
    });
  },
});

/** The status that asks for a login, or for another one. */
const refusal = ({ outcome }: ProbeResult): number | undefined =>
  outcome.kind === 'http' && (outcome.status === 401 || outcome.status === 403) ? outcome.status : undefined;

/** `certificate_required` is an alert of its own in TLS 1.3 (RFC 8446, 6.2); TLS 1.2 has only general ones. */
function wantsCertificate(result: ProbeResult, older: ProbeResult | undefined): Confidence | undefined {
  if (result.request.protocol !== 'HTTPS' || result.outcome.kind === 'http') return undefined;
  const details = [result, older].flatMap((probe) =>
    probe?.outcome.kind === 'tls-failed' ? [probe.outcome.detail] : [],
  );
  if (details.some((detail) => /certificate required/i.test(detail))) return 'confirmed';
  return details.some((detail) => /handshake failure|bad certificate/i.test(detail)) ? 'probable' : undefined;
}
