import { check } from '../../diagnosis/check.ts';
import { answersWell, formatOutcome, formatRequest, probeOf, probesOf } from '../../probes/results.ts';

export const hcHttpsTls13Only = check({
  id: 'hc-https-tls13-only',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  needsChange: true,
  healthCheckMismatch: true,
  title: 'The target accepts only TLS 1.3, which HTTPS health checks may not support',
  symptom: 'Every target is unhealthy, while browsers and curl get a good answer over HTTPS.',
  why: `According to the user guide of Network Load Balancers, HTTPS health checks fail on a target that supports only TLS 1.3. Browsers
and curl support it, so the application looks healthy from everywhere else. Whether AWS still has this restriction is not known.`,
  proof: `The health check is HTTPS; the target answers it well over TLS 1.3, and refuses the protocol version in a handshake with
TLS 1.2 at most.`,
  nearMisses: [
    'A refused status over TLS 1.3 is a matter of path, login or success codes.',
    'A handshake that fails in both versions has another reason, such as a client certificate.',
  ],
  decidedBy: 'TLS 1.2 allowed on one target: if that one becomes healthy, the version was the cause',
  fix: [
    {
      text: 'Allow TLS 1.2 in addition to TLS 1.3 on the health-check port of the application.',
    },
    {
      text: 'Or check only that the port accepts connections.',
      change: { healthCheck: { protocol: 'TCP' } },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['probes'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol === 'HTTPS',

  run(group, { probes }) {
    return group.failing.flatMap((target) => {
      const [result, ...more] = probesOf(probes, target, 'health-check');
      const older = probeOf(probes, target, 'tls-1.2');
      if (result === undefined || ![result, ...more].every((probe) => answersWell(probe, group.targetGroup))) return [];
      if (older?.outcome.kind !== 'tls-failed' || !/protocol|version/i.test(older.outcome.detail)) return [];
      return [
        {
          target,
          saw: `${formatRequest(result)}: ${formatOutcome(result.outcome)}; with TLS 1.2 at most: ${formatOutcome(older.outcome)}`,
          expected: 'a handshake with TLS 1.2 as well',
          confidence: 'probable' as const,
        },
      ];
    });
  },
});
