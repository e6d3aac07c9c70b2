import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import { indexFacts } from '../../core/model/indexed.ts';
import type { PlannedProbe } from '../../core/model/probe-result.ts';
import { planClientProbes } from '../../core/probes/client-plan.ts';
import { planContrasts } from '../../core/probes/contrast.ts';
import { planOthers, planProbes } from '../../core/probes/plan.ts';
import { planReconnects } from '../../core/probes/reconnect.ts';
import { planRepeats } from '../../core/probes/repeat.ts';
import { withAlikeTargets } from '../../core/probes/sample.ts';
import { screenProbes } from '../../core/probes/screen.ts';
import { unplannedProbes } from '../../core/probes/unplanned.ts';
import { addressesOfThisMachine } from '../collect/vantage.ts';
import { type ProbeOptions, type ProbeTally, type ProbeWave, probe } from './probe.ts';

export interface TargetProbeOptions {
  /** Healthy targets are left alone. */
  failingOnly?: boolean;
  tally?: ProbeTally;
}

/**
 * The same Facts with what the probes met, sent in waves: first to a sample where many targets are alike, and to
 * the rest where the sample disagrees; then the question otherwise, or again, to those targets whose answer needs it. A probe that could not be planned, may not be sent or could not be sent becomes a
 * gap. Nothing is sent from outside of the VPCs, where another machine may have the target's private address; that is a gap
 * too.
 */
export async function probeTargets(
  allFacts: Facts[],
  signal: AbortSignal,
  { failingOnly = false, tally }: TargetProbeOptions = {},
): Promise<Facts[]> {
  const options = { signal, ...(tally && { tally }) };
  const probed = new Set<string>();
  const first = (facts: Facts) => [...planProbes(facts), ...(failingOnly ? [] : planClientProbes(facts, probed))];
  const ready = allFacts.map((facts) => ({
    ...facts,
    gaps: [...facts.gaps, ...(isInside(facts) ? unplannedProbes(facts) : [])],
  }));
  const sampled = await sendWave(ready, first, options);
  const answered = await sendWave(sampled, planOthers, options);
  const again = await sendWave(
    answered,
    (facts) => [...planContrasts(facts), ...planRepeats(facts), ...planReconnects(facts)],
    options,
  );
  return again.map((facts) => formatOutside(withAlikeTargets(facts)));
}

async function sendWave(
  allFacts: Facts[],
  plan: (facts: Facts) => PlannedProbe[],
  { signal, ...options }: ProbeOptions,
): Promise<Facts[]> {
  const own = addressesOfThisMachine();
  const waves = allFacts.map((facts) =>
    isInside(facts) ? screenProbes(plan(indexFacts(facts)), facts, own) : { allowed: [], gaps: [] },
  );
  const { probes, unsent } = await probe(
    waves.flatMap(({ allowed }) => allowed),
    { signal, ...options },
  );
  const answersOf = Map.groupBy(probes, ({ targetGroupArn }) => targetGroupArn);
  const unsentOf = Map.groupBy(unsent, ({ planned }) => planned.targetGroupArn);
  return allFacts.map((facts, index) => {
    const arns = facts.slices.targetGroups.map(({ arn }) => arn);
    return {
      ...facts,
      slices: {
        ...facts.slices,
        probes: [...facts.slices.probes, ...arns.flatMap((arn) => answersOf.get(arn) ?? [])],
      },
      gaps: [
        ...facts.gaps,
        ...(waves[index]?.gaps ?? []),
        ...arns.flatMap((arn) => unsentOf.get(arn) ?? []).map((each) => unsentGap(each, signal)),
      ],
    };
  });
}

/** The same Facts with the gap that probes were not requested. */
export const withoutProbes = (allFacts: Facts[]): Facts[] =>
  allFacts.map((facts) => ({ ...facts, gaps: [...facts.gaps, notRequested] }));

const isInside = ({ vantage }: Facts): boolean => vantage.kind === 'vpc';

function formatOutside(facts: Facts): Facts {
  const { vantage, gaps } = facts;
  if (vantage.kind === 'vpc' || planProbes(facts).length === 0) return facts;
  const gap: Gap = {
    ...notRequested,
    message: `no probe was sent: ${vantage.note.replace(/\.$/, '')}`,
    remedy: 'Run inside of the VPC, or through the deployed function: `nlb-auditor audit --via-lambda FUNCTION`.',
  };
  return { ...facts, gaps: [...gaps, gap] };
}

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
      : 'Run again. Where this repeats, give the function more memory: its share of a processor grows with it.',
  };
}
