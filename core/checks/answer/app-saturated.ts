import { check } from '../../diagnosis/check.ts';
import { isAnsweredByKubeProxy } from '../../kubernetes/kube-proxy.ts';
import { isLocal, serviceOf } from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Service } from '../../model/kubernetes.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import type { Network } from '../../network/connection-path.ts';
import { arrivalsAt } from '../../network/health-check-path.ts';
import { isShare, type Loss, lossAt, lossBeside, lostItsSyn } from '../../probes/loss.ts';
import { answersWell, checksOf, probesOf, triedAt } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

/** Milliseconds within which a host that is not overwhelmed takes a connection inside a VPC. */
const quickConnect = 250;

export const appSaturated = check({
  id: 'app-saturated',
  kind: 'fault',
  stage: 'answer',
  severity: 'high',
  healthCheckMismatch: true,
  dropSymptom: true,
  title: 'The application answers the health check sometimes in time, sometimes too late or not at all',
  symptom: 'Targets go unhealthy and come back as the load rises and falls, each replica at its own moment.',
  why: `A process with more work than workers answers some requests at once and keeps others waiting beyond the time-out, or drops them while
its queue is full. Enough failures in a row make the target unhealthy, which leaves more work for the other targets.`,
  proof: `Of several equal requests some are answered well in time and others late or never, none wrongly, and the security groups of the
target admit the health check. Where only SYNs are lost, the node takes every connection to its own port: the accept queue of the
process is full. The load itself is not measured, so the cause is probable at most.`,
  nearMisses: [
    'Every answer is late by about the same time: `hc-timeout-too-short`.',
    'If no answer ever comes, suspect a filter, a route, or a process that hangs.',
    'If kube-proxy is late on its own ports, the node lacks CPU or memory; it is not the application.',
    'If the node loses connections to its own ports as well, it is not the process: `packet-loss-on-node`.',
    'Resets or error statuses in between have more causes than load.',
  ],
  decidedBy:
    'the latency of the health path, CPU throttling and the accept queue of the pods over the time of the failures',
  fix: [
    {
      text: 'Give the workload more replicas, or more CPU and workers to each.',
      look: { kubectl: 'top pods --containers', in: '{namespace}' },
    },
    { text: 'Keep the work of the health path small, so that it is answered even under load.' },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html'],
  masks: ['hc-timeout-too-short', 'hc-thresholds-too-tight', 'pod-readiness-probe-failing'],
  needs: ['probes'],
  optional: ['services', 'networkInterfaces', 'securityGroups', 'subnets', 'prefixLists'],

  run(group, facts) {
    const { probes, services = [] } = facts;
    const service = serviceOf(group, services);
    const limit = group.targetGroup.healthCheck.timeoutSeconds * 1000;
    const isGood = (probe: ProbeResult) => answersWell(probe, group.targetGroup);
    const isQuick = ({ outcome, timings }: ProbeResult) =>
      outcome.kind !== 'timeout' && !isSilent(outcome) && timings.totalMs < limit;
    return group.failing.flatMap((target) => {
      if (triedAt(probes, target).every(isQuick)) return [];
      const tries = checksOf(probes, target);
      const loss = lossAt(target, probes);
      const inTime = tries.filter((probe) => isGood(probe) && probe.timings.totalMs < limit);
      const late = tries.filter((probe) => isGood(probe) && probe.timings.totalMs >= limit && !lostItsSyn(probe));
      const never = tries.filter(
        ({ outcome }) => outcome.kind === 'timeout' && (outcome.phase !== 'connect' || loss.of === 0),
      );
      const isLossAlone = late.length + never.length === 0;
      if (isLossAlone ? !isShare(loss) : inTime.length === 0) return [];
      if (isAnsweredByKubeProxy(target, group, service) || isLossOfNode(target, group, { service, probes })) return [];
      if (isOutOfReach(target, group, facts)) return [];
      if (isLossAlone) return lossOfProcess(target, loss, probes);
      if (tries.some((probe) => !isGood(probe) && probe.outcome.kind !== 'timeout')) return [];
      if (!inTime.some(({ timings }) => (timings.connectMs ?? timings.totalMs) <= quickConnect)) return [];
      return [
        {
          target,
          saw: `of ${tries.length} equal requests ${inTime.length} answered in time, ${late.length} late, ${never.length} not at all`,
          expected: `every answer within ${limit / 1000} s`,
          confidence: 'probable' as const,
        },
      ];
    });
  },
});

/**
 * What lost connections alone show of the process: that its accept queue is full where the node takes each connection to a port of its
 * own, nothing where the node loses those as well, and one of both where its port shows neither.
 */
function lossOfProcess(target: Target, { lost, of }: Loss, probes: ProbeResult[]): Evidence[] {
  const beside = lossBeside(target, probes);
  if (beside !== undefined && isShare(beside)) return [];
  const isNodeClean = beside?.lost === 0;
  const contrast = isNodeClean
    ? `its node took all ${beside.of} at its own port ${beside.request.port}: the accept queue of the process is full`
    : 'the accept queue of the process is full, or the node loses packets: no port of the node itself shows which';
  return [
    {
      target,
      saw: `${lost} of ${of} connections from new source ports got no answer, the others did; ${contrast}`,
      expected: 'every connection taken',
      confidence: isNodeClean ? 'probable' : 'possible',
    },
  ];
}

/** True where a security group keeps the health check out. */
function isOutOfReach(target: Target, group: TargetGroupContext, seen: Partial<Undefinable<Network>>): boolean {
  const { networkInterfaces, securityGroups, subnets, prefixLists } = seen;
  if (networkInterfaces === undefined || securityGroups === undefined || subnets === undefined) return false;
  const arrivals = arrivalsAt(target, group, { networkInterfaces, securityGroups, subnets, prefixLists });
  return arrivals.some(({ decision }) => decision === 'deny');
}

type Undefinable<All> = { [Name in keyof All]: All[Name] | undefined };

/** True where a NodePort that forwards to all pods loses connections: each node does where a pod is busy, `packet-loss-on-node`. */
const isLossOfNode = (
  target: Target,
  group: TargetGroupContext,
  { service, probes }: { service: Service | undefined; probes: ProbeResult[] },
): boolean =>
  group.targetGroup.targetType === 'instance' &&
  service !== undefined &&
  !isLocal(group, service) &&
  probesOf(probes, target, 'connect-again').some(({ outcome }) => isSilent(outcome));
