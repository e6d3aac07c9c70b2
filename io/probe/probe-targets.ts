import { planContrasts } from '../../core/contrast-plan.ts';
import type { Facts } from '../../core/facts.ts';
import type { Gap } from '../../core/gap.ts';
import type { PlannedProbe } from '../../core/probe.ts';
import { planProbes } from '../../core/probe-plan.ts';
import { planRepeats } from '../../core/repeat-plan.ts';
import { type ProbeWave, probe } from './probe.ts';

/**
 * The same Facts with what the probes met, sent in two waves: the second puts the question otherwise, or again, to those
 * targets whose answer to the first needs it. A probe that could not be sent becomes a gap.
 */
export async function probeTargets(allFacts: Facts[], signal: AbortSignal): Promise<Facts[]> {
  const answered = await sendWave(allFacts, planProbes, signal);
  return await sendWave(answered, (facts) => [...planContrasts(facts), ...planRepeats(facts)], signal);
}

async function sendWave(
  allFacts: Facts[],
  plan: (facts: Facts) => PlannedProbe[],
  signal: AbortSignal,
): Promise<Facts[]> {
  const { probes, unsent } = await probe(allFacts.flatMap(plan), { signal });
  return allFacts.map((facts) => {
    const own = new Set(facts.slices.targetGroups.map(({ arn }) => arn));
    const isOwn = ({ targetGroupArn }: { targetGroupArn: string }): boolean => own.has(targetGroupArn);
    return {
      ...facts,
      slices: { ...facts.slices, probes: [...facts.slices.probes, ...probes.filter(isOwn)] },
      gaps: [...facts.gaps, ...unsent.filter(({ planned }) => isOwn(planned)).map((each) => unsentGap(each, signal))],
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

function unsentGap({ planned, reason }: ProbeWave['unsent'][number], { aborted }: AbortSignal): Gap {
  const { targetGroupArn, targetId, targetPort } = planned;
  return {
    slice: 'probes',
    scope: { kind: 'target', targetGroupArn, id: targetId, port: targetPort },
    reason: aborted ? 'deadline' : 'unreachable',
    action: `probe ${planned.purpose}`,
    message: `the probe could not be sent: ${reason}`,
    remedy: aborted
      ? 'Give the run more time, or split it by VPC.'
      : 'Run again; this machine could not open another socket.',
  };
}
