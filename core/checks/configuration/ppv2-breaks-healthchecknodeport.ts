import { check } from '../../diagnosis/check.ts';
import { isLocal, serviceOf } from '../../kubernetes/service.ts';
import { answersWell, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const ppv2BreaksHealthchecknodeport = check({
  id: 'ppv2-breaks-healthchecknodeport',
  kind: 'fault',
  stage: 'configuration',
  severity: 'critical',
  title: 'Proxy Protocol headers reach kube-proxy’s health server, which cannot read them',
  symptom:
    'Every node is unhealthy, those with ready pods too, since Proxy Protocol was turned on; curl to the same port gets 200.',
  why: `Under externalTrafficPolicy Local the health check of instance targets goes to the healthCheckNodePort, where kube-proxy
answers. With proxy_protocol_v2.enabled the check begins with a binary header; kube-proxy's server, like Cilium's, takes that for
a broken request and answers 400, so that nodes with ready pods fail as well.`,
  proof: `The target group has proxy_protocol_v2.enabled, its targets are instances, and its HTTP check goes to the Service's
healthCheckNodePort. It is confirmed where the same node answers 200 without the header.`,
  nearMisses: [
    'A probe without the header gets 200 and hides the fault.',
    'If kube-proxy answers 503 without the header, its node has no ready pod.',
    'A health check on a port of the application: `ppv2-hc-rejected-by-app`.',
  ],
  decidedBy: 'a request to the healthCheckNodePort of a node with a ready pod, with and without the header',
  fix: [
    {
      text: 'Turn Proxy Protocol off: under Local the client address is preserved without it.',
      change: { attribute: 'proxy_protocol_v2.enabled', to: 'false' },
      disturbs: 'New connections to this target group have no header: an application that requires it refuses clients.',
    },
    {
      text: 'Or check the traffic port, where the application reads the header: under Local it gives no answer on nodes without a pod.',
      change: { healthCheck: { protocol: 'TCP', port: 'traffic-port' } },
    },
    {
      text: 'Or register pods instead of nodes: with ip targets the check goes to the application, which reads the header.',
      danger: 'A new target type means a new target group: all targets register again.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/',
    'https://github.com/cilium/cilium/issues/26274',
  ],
  masks: ['hc-success-codes-mismatch', 'hc-path-wrong-status', 'ppv2-hc-rejected-by-app', 'app-error-status'],
  needs: ['services', 'targetGroups'],
  optional: ['probes'],
  applies: ({ targetGroup }) =>
    targetGroup.targetType === 'instance' &&
    targetGroup.healthCheck.protocol !== 'TCP' &&
    targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true',

  run(group, { services, probes = [] }) {
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service)) return undefined;
    return group.failing.flatMap((target) => {
      if (target.healthCheckPort !== service.spec.healthCheckNodePort) return [];
      const probe = probeOf(probes, target, 'health-check');
      const bare = probeOf(probes, target, 'kube-proxy');
      if (probe !== undefined && answersWell(probe, group.targetGroup)) return [];
      const proved = probe !== undefined && bare?.outcome.kind === 'http' && bare.outcome.status === 200;
      const answers =
        probe && bare
          ? `; ${formatRequest(bare)}: ${formatOutcome(bare.outcome)}, behind a header: ${formatOutcome(probe.outcome)}`
          : '';
      return [
        {
          target,
          saw: `proxy_protocol_v2.enabled, and the health check goes to healthCheckNodePort ${target.healthCheckPort}${answers}`,
          expected: 'a health check without a Proxy Protocol header, or on a port that reads it',
          confidence: proved ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});
