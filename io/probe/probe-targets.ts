import type { Facts } from '../../core/facts.ts';
import type { Gap } from '../../core/gap.ts';
import type { PlannedProbe } from '../../core/probe.ts';
import { planProbes } from '../../core/probe-plan.ts';
import { probe } from './probe.ts';

/** The same Facts with what the probes met, all sent in one wave; a probe that could not be sent becomes a gap. */
export async function probeTargets(allFacts: Facts[], signal: AbortSignal): Promise<Facts[]> {
  const { probes, unsent } = await probe(allFacts.flatMap(planProbes), { signal });
  return allFacts.map((facts) => {
    const own = new Set(facts.slices.targetGroups.map(({ arn }) => arn));
    const isOwn = ({ targetGroupArn }: { targetGroupArn: string }): boolean => own.has(targetGroupArn);
    return {
      ...facts,
      slices: { ...facts.slices, probes: probes.filter(isOwn) },
      gaps: [...facts.gaps, ...unsent.filter(({ planned }) => isOwn(planned)).map(unsentGap)],
    };
  });
}

/** The same Facts, saying that nobody wanted probes. */
export const withoutProbes = (allFacts: Facts[]): Facts[] =>
  allFacts.map((facts) => ({ ...facts, gaps: [...facts.gaps, notRequested] }));

const notRequested: Gap = {
  slice: 'probes',
  scope: { kind: 'all' },
  reason: 'not-requested',
  action: 'probe targets',
  message: 'probes are switched off',
  remedy: 'Run again with probes: the setting `probe`, or the command line without `--no-probe`.',
};

function unsentGap({ planned, reason }: { planned: PlannedProbe; reason: string }): Gap {
  const { targetGroupArn, targetId, targetPort } = planned;
  return {
    slice: 'probes',
    scope: { kind: 'target', targetGroupArn, id: targetId, port: targetPort },
    reason: 'deadline',
    action: `probe ${planned.purpose}`,
    message: `the probe could not be sent: ${reason}`,
    remedy: 'Give the run more time, or split it by VPC.',
  };
}
