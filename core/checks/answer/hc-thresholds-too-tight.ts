import { check } from '../../diagnosis/check.ts';
import { spellsOf } from '../../history/unhealthy-minutes.ts';
import { isCrashingAt } from '../../kubernetes/pod.ts';
import type { MetricSeries } from '../../model/metrics/metric-series.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { isTight } from '../../probes/plan.ts';
import { answersWell, probesOf } from '../../probes/results.ts';

export const hcThresholdsTooTight = check({
  id: 'hc-thresholds-too-tight',
  kind: 'fault',
  stage: 'answer',
  severity: 'medium',
  healthCheckMismatch: true,
  dropSymptom: true,
  title: 'The target fails now and then, and the thresholds make it unhealthy after a few seconds of failures',
  symptom: 'Targets flap between healthy and unhealthy after failures of seconds.',
  why: `With a low unhealthy threshold and a short interval a failure of seconds takes the target out. Several load balancer nodes
check each target, so short failures are noticed more often than the interval suggests.`,
  proof: `Of 20 equal requests more than half but not all are answered well in time, and the unhealthy threshold times the interval
is 20 seconds or less. It is confirmed where CloudWatch shows that targets became unhealthy and healthy again at least three times in the
hour before.`,
  nearMisses: ['Half or more failing is a fault of the target.', 'Restarting containers are a fault of the pod.'],
  decidedBy: 'UnHealthyHostCount in CloudWatch, minute by minute',
  fix: [
    {
      text: 'Tolerate short failures, and find out why the application fails now and then.',
      change: { healthCheck: { unhealthyThreshold: '{threshold}' } },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['probes'],
  optional: ['pods', 'metrics'],
  applies: isTight,

  run(group, { probes, pods = [], metrics = [] }) {
    const { unhealthyThreshold, intervalSeconds, timeoutSeconds } = group.targetGroup.healthCheck;
    const turns = turnsOf(group, metrics);
    const comesAndGoes = turns >= turnsOfFlapping;
    return group.failing.flatMap((target) => {
      if (isCrashingAt(target.id, pods, group.takenAt)) return [];
      const tries = probesOf(probes, target, 'health-check');
      const good = tries.filter(
        (probe) => answersWell(probe, group.targetGroup) && probe.timings.totalMs < timeoutSeconds * 1000,
      ).length;
      if (tries.length < 10 || good <= tries.length / 2 || good === tries.length) return [];
      return [
        {
          target,
          saw: `${good} of ${tries.length} requests answered well; unhealthy after ${unhealthyThreshold} failures ${intervalSeconds} s apart${comesAndGoes ? `; CloudWatch counts ${turns} times in the last hour that targets became unhealthy and recovered` : ''}`,
          expected: 'thresholds that outlast short failures, for example 5 failures 10 s apart',
          confidence: comesAndGoes ? ('confirmed' as const) : ('probable' as const),
          values: { threshold: Math.max(5, unhealthyThreshold + 2) },
        },
      ];
    });
  },
});

/** Times in an hour from which on targets flap rather than fail. */
const turnsOfFlapping = 3;

/** How often in the last hour targets became unhealthy and recovered, as far as it was measured. */
const turnsOf = (group: TargetGroupContext, metrics: MetricSeries[]): number =>
  spellsOf(group, metrics).filter(({ to }) => to !== null && Date.parse(group.takenAt) - Date.parse(to) < 3_600_000)
    .length;
