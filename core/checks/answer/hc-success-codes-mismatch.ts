import { check } from '../../diagnosis/check.ts';
import { matches } from '../../probes/health-check.ts';
import { formatPassing, passingBeside } from '../../probes/passing-beside.ts';
import { answersWell, probeOf, probesOf } from '../../probes/results.ts';

export const hcSuccessCodesMismatch = check({
  id: 'hc-success-codes-mismatch',
  kind: 'fault',
  stage: 'answer',
  severity: 'high',
  begunBy: ['ModifyTargetGroup'],
  needsChange: true,
  healthCheckMismatch: true,
  title: 'The application answers the health check with a status that the target group does not accept',
  symptom: 'Every target is unhealthy and answers with the same status, which the application returns on purpose.',
  why: `Some applications answer a request without further headers with 401, 404 or 426 on purpose. They work, but the success codes of
the target group do not include that status.`,
  proof: `Every failing target that answers gives the same status below 500, outside the success codes, and no path is known that gets
an accepted one.`,
  nearMisses: [
    'A path is known that gets an accepted status: `hc-path-wrong-status`.',
    'Other targets pass the same request: the status may stand for a state in which no client is wanted, such as that of a standby.',
    'Statuses of 500 and above, or different ones from one target or request to the next: `app-error-status`.',
  ],
  decidedBy: 'what the application means by this status',
  fix: [
    {
      text: 'Healthy targets pass the same request, so that the others are in another state, for example standbys beside a leader. If clients are not meant to reach those, change nothing: their targets are to be unhealthy.',
      when: 'passing',
    },
    {
      text: 'Accept the status, if it means that the application works.',
      change: { healthCheck: { successCodes: '{codes}' } },
    },
    {
      text: 'Or send the health check to a path that answers with 200.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['probes'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { probes }) {
    const { successCodes, path } = group.targetGroup.healthCheck;
    const answers = group.failing.flatMap((target) => {
      const better = probeOf(probes, target, 'readiness-path');
      if (better !== undefined && answersWell(better, group.targetGroup)) return [];
      const statuses = probesOf(probes, target, 'health-check').flatMap(({ outcome }) =>
        outcome.kind === 'http' ? [outcome.status] : [],
      );
      return statuses.length === 0 ? [] : [{ target, statuses }];
    });
    const [status, ...others] = new Set(answers.flatMap(({ statuses }) => statuses));
    if (status === undefined || others.length > 0 || status >= 500 || matches(successCodes, status)) return [];
    const passing = passingBeside(group);
    return answers.map(({ target }) => ({
      target,
      saw: `${path ?? '/'} answers HTTP ${status}${formatPassing(passing)}`,
      expected: `a status among ${successCodes ?? '200-399'}`,
      confidence: passing === 0 ? ('confirmed' as const) : ('probable' as const),
      values: { ...(passing > 0 && { passing }), codes: `${successCodes ?? '200-399'},${status}` },
    }));
  },
});
