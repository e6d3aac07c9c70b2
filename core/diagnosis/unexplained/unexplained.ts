import type { Target } from '../../model/aws.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import type { ProbeOutcome, ProbeResult } from '../../model/probe-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { answersWell, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';
import { flowLines } from './flow-evidence.ts';
import { sharedTraits } from './shared-traits.ts';

/** How the health check ends where no cause explains it: that decides what to look at next. */
export type Symptom = 'answered' | 'refused' | 'silent' | 'succeeds' | 'not-probed';

/** The symptom of most of these targets. */
export function symptomOf(targets: Target[], { targetGroup }: TargetGroupContext, { slices }: Facts): Symptom {
  const symptoms = targets.map((target): Symptom => {
    const probe = probeOf(slices.probes, target, 'health-check');
    if (probe === undefined) return 'not-probed';
    if (answersWell(probe, targetGroup)) return 'succeeds';
    return symptom(probe.outcome);
  });
  const counted = [...Map.groupBy(symptoms, (each) => each)].toSorted(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? 'not-probed';
}

function symptom(outcome: ProbeOutcome): Symptom {
  if (outcome.kind === 'refused') return 'refused';
  return isSilent(outcome) || outcome.kind === 'unreachable' ? 'silent' : 'answered';
}

/** What the health check got, each answer once with the number of targets, and what these targets share that healthy ones lack. */
export function evidenceOfUnexplained(
  targets: Target[],
  group: TargetGroupContext,
  facts: Facts,
): Diagnosis['evidence'] {
  const { targetGroup } = group;
  const line = (saw: string, expected: string) => ({ check: 'unexplained', target: null, saw, expected });
  const probes = targets.flatMap((target) => probeOf(facts.slices.probes, target, 'health-check') ?? []);
  const answers = [...Map.groupBy(probes, answerOf)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([answer, alike]) => {
      const [example] = alike;
      if (example === undefined) return [];
      const saw = `${alike.length} of ${targets.length} targets: ${answer}; for example ${formatRequest(example)}`;
      return line(saw, expectedOf(group));
    });
  const silent = targets.length - probes.length;
  const unprobed =
    silent > 0 && probes.length > 0
      ? [line(`${silent} of ${targets.length} targets: not probed`, expectedOf(group))]
      : [];
  const shared = sharedTraits(targets, group, facts).map(({ trait, value }) =>
    line(
      trait === 'age'
        ? `all failing targets were ${value}, every healthy one before that`
        : `all failing targets have the same ${trait}, ${value}, and no healthy target of ${targetGroup.name} has it`,
      'the same on healthy and failing targets, where it is not the reason',
    ),
  );
  const flows = flowLines(targets, group, facts).map((saw) => line(saw, 'health checks that arrive and are answered'));
  return [...answers, ...unprobed, ...flows, ...shared];
}

/** The outcome, with the first words of an answer that is an error. */
function answerOf({ outcome }: ProbeResult): string {
  const excerpt = outcome.kind === 'http' ? excerptOf(outcome.body ?? '') : '';
  return excerpt === '' ? formatOutcome(outcome) : `${formatOutcome(outcome)}, “${excerpt}”`;
}

const longestExcerpt = 120;

/** One line of printable ASCII: bodies come from the application and may hold anything. */
function excerptOf(body: string): string {
  const line = body
    .slice(0, 4 * longestExcerpt)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)}…` : line;
}

const expectedOf = ({ targetGroup: { healthCheck } }: TargetGroupContext): string =>
  healthCheck.protocol === 'TCP' ? 'a connection' : `HTTP ${healthCheck.successCodes ?? '200-399'}`;
