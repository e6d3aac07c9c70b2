import { check } from '../../diagnosis/check.ts';
import { formatPassing, passingBeside } from '../../probes/passing-beside.ts';
import { answersWell, badAnswer, formatOutcome, probeOf } from '../../probes/results.ts';

export const hcPathWrongStatus = check({
  id: 'hc-path-wrong-status',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  begunBy: ['ModifyTargetGroup'],
  needsChange: true,
  healthCheckMismatch: true,
  title: 'The health check requests a path that the application does not serve as healthy',
  symptom: 'Every target is unhealthy, its pods are ready, and connections to the same port succeed.',
  why: `An HTTP health check passes only with a status among the success codes. The application answers the path of its readiness
probe with such a status, but not the path that the target group requests.`,
  proof: `The same request as the health check is answered with a status outside the success codes, and the path of the readiness
probe on the same address and port with an accepted one.`,
  nearMisses: [
    'No path is known that gets an accepted status: `hc-success-codes-mismatch`.',
    'A status of 500 or above: `app-error-status`.',
    'Other targets pass the same request: the path is right for some state of the application, such as that of a leader beside standbys, and whether the others are to get clients is a decision.',
  ],
  decidedBy: 'the status of both paths from inside the VPC, and which states of the application are to get clients',
  fix: [
    {
      text: 'Healthy targets pass the same request, so that the others are in another state, for example standbys beside a leader. If clients are not meant to reach those, change nothing: their targets are to be unhealthy.',
      when: 'passing',
    },
    {
      text: 'Send the health check to the path of the readiness probe.',
      change: { healthCheck: { path: '{path}' } },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['probes'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes }) {
    const { healthCheck } = group.targetGroup;
    const passing = passingBeside(group);
    return group.failing.flatMap((target) => {
      const probe = badAnswer(probes, target, group.targetGroup);
      const better = probeOf(probes, target, 'readiness-path');
      if (probe?.outcome.kind !== 'http' || probe.outcome.status >= 500) return [];
      if (better === undefined || !answersWell(better, group.targetGroup)) return [];
      const path = better.request.path ?? '/';
      return [
        {
          target,
          saw: `${healthCheck.path ?? '/'} answers ${formatOutcome(probe.outcome)}; ${path} answers ${formatOutcome(better.outcome)}${formatPassing(passing)}`,
          expected: `a path that answers ${healthCheck.successCodes ?? '200-399'}`,
          confidence: passing === 0 ? ('confirmed' as const) : ('probable' as const),
          values: { path, ...(passing > 0 && { passing }) },
        },
      ];
    });
  },
});
