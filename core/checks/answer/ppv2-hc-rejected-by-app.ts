import { check } from '../../diagnosis/check.ts';
import { isLocal, serviceOf } from '../../kubernetes/service.ts';
import { answersWell, badAnswer, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const ppv2HcRejectedByApp = check({
  id: 'ppv2-hc-rejected-by-app',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  begunBy: ['ModifyTargetGroupAttributes'],
  healthCheckMismatch: true,
  title: 'The application does not understand the Proxy Protocol header before the health check',
  symptom:
    'Every target turned unhealthy when Proxy Protocol was enabled; without its header the same request succeeds.',
  why: `With proxy_protocol_v2.enabled every connection to a target begins with a binary header, health checks included. A server
that is not configured to expect the header takes it for a broken request and answers 400 or hangs up.`,
  proof: `The target group has proxy_protocol_v2.enabled, the health check's request behind a Proxy Protocol header fails, and the
same request without one gets a good answer.`,
  nearMisses: [
    'The annotation proves nothing, since cloud-provider-aws ignores it for Network Load Balancers: the attribute counts.',
    'A TCP health check ends with the handshake and passes.',
    'On the healthCheckNodePort, kube-proxy does not understand the header: `ppv2-breaks-healthchecknodeport`.',
  ],
  decidedBy: 'the health check’s request with and without a Proxy Protocol header on each target',
  fix: [
    {
      text: 'Configure the application, or the proxy in front of it, to expect Proxy Protocol version 2 on this port.',
    },
    {
      text: 'Or switch the header off, if nothing needs the client addresses from it.',
      change: { attribute: 'proxy_protocol_v2.enabled', to: 'false' },
      disturbs: 'New connections to this target group have no header: servers that require it refuse clients.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/',
    'https://github.com/istio/istio/issues/25875',
  ],
  masks: [
    'hc-success-codes-mismatch',
    'hc-path-wrong-status',
    'hc-protocol-tls-mismatch',
    'hc-endpoint-requires-auth-or-client-cert',
    'hc-http-on-non-http-server',
    'app-error-status',
  ],
  needs: ['probes', 'targetGroups'],
  optional: ['services'],
  applies: ({ targetGroup }) =>
    targetGroup.healthCheck.protocol !== 'TCP' && targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true',

  run(group, { probes, services }) {
    const service = serviceOf(group, services ?? []);
    const mayBeKubeProxy = services === undefined && group.targetGroup.targetType === 'instance';
    const local = service !== undefined && isLocal(group, service);
    return group.failing.flatMap((target) => {
      if (local && target.healthCheckPort === service.spec.healthCheckNodePort) return [];
      const probe = badAnswer(probes, target, group.targetGroup);
      const bare = probeOf(probes, target, 'without-proxy-header');
      if (probe === undefined || bare === undefined || !answersWell(bare, group.targetGroup)) return [];
      return [
        {
          target,
          saw: `${formatRequest(probe)} behind a Proxy Protocol header: ${formatOutcome(probe.outcome)}; without one: ${formatOutcome(bare.outcome)}`,
          expected: 'the same answer behind the header',
          confidence: mayBeKubeProxy ? ('probable' as const) : ('confirmed' as const),
        },
      ];
    });
  },
});
