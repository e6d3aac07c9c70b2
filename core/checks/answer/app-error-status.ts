import { check } from '../../diagnosis/check.ts';
import { isAnsweredByKubeProxy } from '../../kubernetes/kube-proxy.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { matches } from '../../probes/health-check.ts';
import { formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const appErrorStatus = check({
  id: 'app-error-status',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  healthCheckMismatch: true,
  title: 'The application itself answers the health check with an error',
  symptom: 'Some or all targets are unhealthy, their pods run without a restart, and the health check gets a 5xx.',
  why: `The request arrives and the application replies that it cannot serve it: a status of 500 or above, or different statuses from
one target to the next. The load balancer and the network work.`,
  proof: `The same request as the health check is answered with a status of 500 or above outside the success codes, or failing targets
answer with different statuses. Answers of kube-proxy on the healthCheckNodePort do not count.`,
  nearMisses: [
    '503 on the healthCheckNodePort, or on port 10256 of a node, comes from kube-proxy, not from the application.',
    'The same status below 500 from every target is a matter of path or success codes.',
  ],
  decidedBy: 'the log of the pods at the time of the request',
  fix: [
    {
      text: 'Read the log of the application, then fix it or roll back.',
      look: { kubectl: 'logs --selector {selector} --tail=100 --prefix', in: '{namespace}' },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  unreadySymptom: true,
  needs: ['probes', 'services'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes, services }) {
    const service = serviceOf(group, services);
    const { successCodes } = group.targetGroup.healthCheck;
    const bad = group.failing.flatMap((target) => {
      const probe = probeOf(probes, target, 'health-check');
      if (probe?.outcome.kind !== 'http' || isAnsweredByKubeProxy(target, group, service)) return [];
      return matches(successCodes, probe.outcome.status) ? [] : [{ target, probe, status: probe.outcome.status }];
    });
    const mixed = new Set(bad.map(({ status }) => status)).size > 1;
    const selector = Object.entries(service?.spec.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return bad
      .filter(({ status }) => status >= 500 || mixed)
      .map(({ target, probe }) => ({
        target,
        saw: `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}`,
        expected: `a status among ${successCodes ?? '200-399'}`,
        confidence: 'confirmed' as const,
        ...(selector !== '' && { values: { selector } }),
      }));
  },
});
