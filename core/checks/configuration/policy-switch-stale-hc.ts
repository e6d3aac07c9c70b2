import { stalePolicy } from '../../controllers/stale-policy.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { isAllHealthy } from '../../model/target-group-context.ts';
import { formatHealthCheck } from '../../probes/health-check.ts';
import { answersWell, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const policySwitchStaleHc = check({
  id: 'policy-switch-stale-hc',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'critical',
  needsChange: false,
  driftSymptom: true,
  title: 'The health check is still the one of the former externalTrafficPolicy',
  symptom: 'Every target is unhealthy since externalTrafficPolicy was switched.',
  why: `Under Local the health check goes to kube-proxy on the healthCheckNodePort, under Cluster it connects to the NodePort. Old
versions of the cloud provider do not follow a switch: the health check still goes to a port that Kubernetes has closed, or no
longer shows which nodes have pods.`,
  proof: `The Service has the policy Cluster, and the health check is HTTP /healthz on a port that is no NodePort and not
kube-proxy's 10256; it is confirmed if that port refuses. The reverse, a Service with Local and a TCP check of the traffic port, is
a risk on a healthy target group.`,
  nearMisses: [
    'HTTP /healthz on port 10256 under Cluster is the shared probe mode of cloud-provider-aws.',
    'A health check that annotations request is intended.',
    'A TCP check of the NodePort under Local fails on nodes without a pod, as the policy intends.',
  ],
  decidedBy: 'the time at which spec.externalTrafficPolicy was changed, in metadata.managedFields of the Service',
  fix: [
    {
      text: 'Make the controller reconcile the Service again.',
      change: { wake: 'service' },
    },
    {
      text: 'If it keeps the old check, set the new one by hand, and upgrade the controller.',
      change: {
        aws: 'elbv2 modify-target-group',
        options: {
          'target-group-arn': '{targetGroup}',
          'health-check-protocol': '{protocol}',
          'health-check-port': '{port}',
        },
      },
      danger: 'An old controller may set it back, or fail because it does not expect the change.',
    },
  ],
  links: [
    'https://github.com/kubernetes/kubernetes/issues/80996',
    'https://github.com/kubernetes/cloud-provider-aws/issues/87',
  ],
  masks: ['hc-port-wrong', 'hc-live-config-drift', 'sg-target-missing-health-check-rule'],
  needs: ['services'],
  optional: ['probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, probes = [] }) {
    const service = serviceOf(group, services);
    const former = service && stalePolicy(group, service);
    if (service === undefined || former === undefined) return undefined;
    const saw = `externalTrafficPolicy ${service.spec.externalTrafficPolicy ?? 'Cluster'}, and ${formatHealthCheck(group.targetGroup)}`;
    if (former === 'Cluster') {
      const port = service.spec.healthCheckNodePort;
      if (!isAllHealthy(group.targets) || port === undefined) return [];
      const values = { protocol: 'HTTP', port };
      // What Auto Mode does without an annotation is not documented.
      const confidence = group.owner?.controller === 'eks-auto-mode' ? ('possible' as const) : ('probable' as const);
      return [{ saw, expected: `HTTP /healthz on port ${port}`, confidence, values }];
    }
    return group.failing.flatMap((target) => {
      const probe = probeOf(probes, target, 'health-check');
      if (probe !== undefined && answersWell(probe, group.targetGroup)) return [];
      return [
        {
          target,
          saw: `${saw}${probe ? `; ${formatRequest(probe)}: ${formatOutcome(probe.outcome)}` : ''}`,
          expected: 'a TCP connection to the traffic port',
          confidence: probe?.outcome.kind === 'refused' ? ('confirmed' as const) : ('probable' as const),
          values: { protocol: 'TCP', port: 'traffic-port' },
        },
      ];
    });
  },
});
