import type { Facts } from '../model/facts.ts';
import type { PlannedProbe, ProbeResult } from '../model/probe-result.ts';
import { groupsOf } from '../model/target-group-context.ts';
import { answersWell, probeOf } from './results.ts';

/** Connections that tell loss from silence: with half of the SYNs lost, all of ten are lost once in a thousand times. */
const connections = 10;

/** Targets of a group that are tried so. */
const reconnectedTargets = 5;

/** Milliseconds in which Linux does not repeat an unanswered SYN (RFC 6298: 1 s), so that one connection is one packet. */
const oneSyn = 900;

/**
 * Connections from new source ports to failing targets whose first SYN met no answer, or that answer well although Elastic Load
 * Balancing sees them fail, while another target of the group connected or is healthy: their share of answers tells lost
 * packets from a filter, which drops all.
 */
export function planReconnects(facts: Facts): PlannedProbe[] {
  const { probes } = facts.slices;
  return groupsOf(facts).flatMap((group) => {
    const isAnswered = (probe: ProbeResult | undefined) => probe !== undefined && !lostItsSyn(probe);
    const works = group.targets.some(
      (target) => target.state === 'healthy' || isAnswered(probeOf(probes, target, 'health-check')),
    );
    if (!works) return [];
    return group.failing
      .filter(({ state }) => state !== 'initial')
      .flatMap((target) => probeOf(probes, target, 'health-check') ?? [])
      .filter((probe) => lostItsSyn(probe) || answersWell(probe, group.targetGroup))
      .slice(0, reconnectedTargets)
      .map(({ targetGroupArn, targetId, targetPort, request: { address, port } }) => ({
        purpose: 'connect-again' as const,
        targetGroupArn,
        targetId,
        targetPort,
        request: { address, port, protocol: 'TCP' as const, timeoutMs: oneSyn },
        attempts: connections,
      }));
  });
}

/** True where no SYN was answered, or only one that the kernel had repeated, or that of a later connection. */
export const lostItsSyn = ({ outcome, timings, lostBefore = 0 }: ProbeResult): boolean =>
  (outcome.kind === 'timeout' && outcome.phase === 'connect') || (timings.connectMs ?? 0) >= oneSyn || lostBefore > 0;
