import { portWithoutHeader, sendHeader } from '../../controllers/send-header.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { answersWell, badAnswer, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const ppv2ExpectedButNotSent = check({
  id: 'ppv2-expected-but-not-sent',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  begunBy: ['ModifyTargetGroupAttributes'],
  healthCheckMismatch: true,
  title: 'The application requires a Proxy Protocol header that the load balancer does not send',
  symptom: 'HTTP health checks fail, or TCP checks pass while clients fail and the server logs a broken header.',
  why: `A server that requires Proxy Protocol, such as nginx with use-proxy-protocol, closes connections that begin without its header.
While proxy_protocol_v2.enabled is off on the target group, this concerns every health check and every client.`,
  proof: `The target group does not have proxy_protocol_v2.enabled, the health check's request is reset or refused as malformed,
and the same request behind a Proxy Protocol header gets a good answer.`,
  nearMisses: [
    'With a TCP health check the targets are healthy and only clients fail: this is not the cause of unhealthy targets.',
    'If the answer is bad with the header as well, the cause is another one.',
  ],
  decidedBy: 'the health check’s request behind a Proxy Protocol header on each target',
  fix: [...sendHeader, { text: 'Or make the server accept connections without the header.' }],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
  ],
  masks: [
    'hc-success-codes-mismatch',
    'hc-path-wrong-status',
    'hc-protocol-tls-mismatch',
    'hc-endpoint-requires-auth-or-client-cert',
    'hc-http-on-non-http-server',
    'hc-mesh-mtls-or-sidecar-intercept',
    'app-error-status',
  ],
  needs: ['probes', 'targetGroups'],
  optional: ['services', 'workloads'],
  applies: ({ targetGroup }) =>
    targetGroup.healthCheck.protocol !== 'TCP' && targetGroup.attributes['proxy_protocol_v2.enabled'] !== 'true',

  run(group, { probes, services, workloads }) {
    const service = serviceOf(group, services ?? []);
    const port = service && servicePortOf(group, service);
    return group.failing.flatMap((target) => {
      const probe = badAnswer(probes, target, group.targetGroup);
      const fronted = probeOf(probes, target, 'with-proxy-header');
      if (probe === undefined || fronted === undefined || !answersWell(fronted, group.targetGroup)) return [];
      return [
        {
          target,
          saw: `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}; behind a Proxy Protocol header: ${formatOutcome(fronted.outcome)}`,
          expected: 'a target group that sends the header, or a server that does not need it',
          confidence: 'confirmed' as const,
          ...(port && { values: portWithoutHeader(group.owner, port, workloads) }),
        },
      ];
    });
  },
});
