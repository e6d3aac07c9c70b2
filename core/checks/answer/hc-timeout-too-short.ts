import { check } from '../../diagnosis/check.ts';
import { isCrashingAt } from '../../kubernetes/pod.ts';
import { answersWell, probeOf } from '../../probes/results.ts';

export const hcTimeoutTooShort = check({
  id: 'hc-timeout-too-short',
  kind: 'fault',
  stage: 'answer',
  severity: 'high',
  begunBy: ['ModifyTargetGroup'],
  healthCheckMismatch: true,
  title: 'The application gives the health check a good answer, but too late',
  symptom: 'Targets flap or fail under load or just after a start; a client that waits longer gets a good answer.',
  why: `An answer that comes after the health check's time-out counts as a failure, however good it is.`,
  proof: `The same request as the health check is answered with an accepted status, later than the time-out of the target group,
counted from the first packet.`,
  nearMisses: [
    'No answer at all is not a matter of the time-out.',
    'A late answer of a pod that restarts is a fault of the pod.',
  ],
  decidedBy: 'the time of several answers from inside the VPC',
  fix: [
    {
      text: 'Give the check more time than the answer takes (at most 120 s, and at most the interval), or make the health path cheaper.',
      change: { healthCheck: { timeoutSeconds: '{timeout}', intervalSeconds: '{interval}' } },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['probes'],
  optional: ['pods'],

  run(group, { probes, pods = [] }) {
    const { timeoutSeconds, intervalSeconds } = group.targetGroup.healthCheck;
    return group.failing.flatMap((target) => {
      const probe = probeOf(probes, target, 'health-check');
      if (probe === undefined || !answersWell(probe, group.targetGroup)) return [];
      const { totalMs } = probe.timings;
      if (totalMs < timeoutSeconds * 1000 || isCrashingAt(target.id, pods, group.takenAt)) return [];
      const timeout = Math.min(120, Math.ceil(totalMs / 1000) * 2);
      return [
        {
          target,
          saw: `a good answer after ${(totalMs / 1000).toFixed(1)} s`,
          expected: `an answer within ${timeoutSeconds} s`,
          confidence: 'confirmed' as const,
          values: { timeout, interval: Math.max(intervalSeconds, timeout) },
        },
      ];
    });
  },
});
