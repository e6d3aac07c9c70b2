import type { Settings } from '../../config/settings.ts';
import { type Assessment, assemble } from '../../core/diagnosis/assess.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { gradedChecks } from '../../core/diagnosis/check-settings.ts';
import { type Conclusion, conclude, type JudgingRules } from '../../core/diagnosis/conclusion.ts';
import { withLastVerdicts } from '../../core/lifecycle/carry-over.ts';
import { afterChanges } from '../../core/lifecycle/reconcile-findings.ts';
import { changesOfSlice, leftUnjudged } from '../../core/lifecycle/slice.ts';
import { withMemory } from '../../core/lifecycle/timeline.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Change, Finding } from '../../core/model/finding.ts';
import { indexFacts, sharedLists } from '../../core/model/indexed.ts';
import type { Scope } from '../../core/model/inventory.ts';
import type { Observation } from '../../core/model/observation.ts';
import type { Report } from '../../core/model/report.ts';
import type { Memory } from '../../core/notification/memory.ts';
import { type ReconciledState, reconcileState } from '../../core/notification/reconcile-state.ts';
import { bugOf } from '../aws/refusal.ts';
import { log } from '../log.ts';
import { OvertakenError } from '../store/fence.ts';

export interface JudgeOptions {
  settings: Settings;
  scope: Scope;
  remembered: { memory: Memory };
  /** Receives what each cluster changes as soon as that is known. */
  save(changes: Change[]): Promise<void>;
  /** Epoch milliseconds after which no further conclusion is begun. */
  until: number;
}

/** What is concluded on its own: a cluster, or the target groups of a VPC that no cluster owns. */
export interface Judgeable {
  /** By name. */
  cluster: string | null;
  conclude(): Conclusion;
  /** What is said where there was no time for that. */
  unjudged(): Conclusion;
}

export interface JudgedRun extends Pick<ReconciledState, 'announcements'>, Pick<Assessment, 'baselines'> {
  /** With history, and with the last verdict on what was not read. */
  report: Report;
  /** Everything that changed, also what was handed to `save` before. */
  changes: Change[];
  /** The part of it that is still to be saved. */
  unsaved: Change[];
  /** Memory after the run. */
  findings: Finding[];
  observed: Omit<Observation, 'facts'>;
  concludeMsPerGroup: number;
}

/** Judges one after the other, those with findings first, and hands over what each changes; puts all together at the end. */
export async function judge(
  observed: Omit<Observation, 'facts'>,
  judgeables: Judgeable[],
  { settings, scope, remembered: { memory }, save, until }: JudgeOptions,
): Promise<JudgedRun> {
  const { run, inventory } = observed;
  const conclusions = new Map<Judgeable, Conclusion>();
  const saved: Change[] = [];
  let [judgedGroups, judgingMs] = [0, 0];
  let isSaving = true;
  for (const each of mostNeededFirst(judgeables, urgentOf(memory))) {
    const began = Date.now();
    if (began >= until) {
      conclusions.set(each, each.unjudged());
      continue;
    }
    const conclusion = each.conclude();
    conclusions.set(each, conclusion);
    judgedGroups += conclusion.groups.length;
    judgingMs += Date.now() - began;
    if (each.cluster === null) continue;
    const changes = changesOfSlice(conclusion, {
      run: { run, inventory },
      cluster: each.cluster,
      findings: memory.findings,
      lifeCycle: settings.lifeCycle,
    });
    // One after the other: what a cluster changes is safe before the next one is judged.
    if (isSaving) isSaving = await isSaved(save(changes));
    // What was not written is among the unsaved, as everything after it: a table that hangs must not use up the run.
    if (isSaving) saved.push(...changes);
  }

  const { report: judged, baselines } = assemble(
    { run, inventory },
    judgeables.flatMap((each) => conclusions.get(each) ?? []),
  );
  const sofar = { ...memory, findings: afterChanges(memory.findings, saved) };
  const { changes: unsaved, announcements, memory: after } = reconcileState(sofar, judged, settings, scope);
  return {
    report: withLastVerdicts(withMemory(judged, after.findings), after.findings),
    changes: [...saved, ...unsaved],
    unsaved,
    findings: after.findings,
    announcements,
    baselines,
    observed,
    concludeMsPerGroup: judgedGroups === 0 ? 0 : judgingMs / judgedGroups,
  };
}

/** False, with a line in the log, where a write failed; throws where another run has taken over. */
async function isSaved(save: Promise<void>): Promise<boolean> {
  try {
    await save;
    return true;
  } catch (error) {
    if (error instanceof OvertakenError && !error.isBeside) throw error;
    log('warn', 'changes of a cluster were not saved and are tried again at the end', { error: bugOf(error).message });
    return false;
  }
}

/** By what a deployed auditor judges. */
export const judgingRules = (
  { checks, teamLabel }: Settings,
  baselines: Memory['baselines'],
): JudgingRules & Required<Pick<JudgingRules, 'baselines'>> => ({
  checks: gradedChecks(catalogue, checks),
  teamLabel,
  baselines,
});

/** These Facts, each to be concluded on its own. */
export function judgeablesOf(
  facts: Facts[],
  { settings, remembered }: Pick<JudgeOptions, 'settings' | 'remembered'>,
): Judgeable[] {
  const rules = judgingRules(settings, remembered.memory.baselines);
  const shared = sharedLists(facts);
  return facts.map((each) => ({
    cluster: each.cluster?.name ?? null,
    conclude: () => conclude(indexFacts(each, shared), rules),
    unjudged: () => leftUnjudged(each),
  }));
}

/** Target groups by ARN and clusters by name that have open or suspected findings. */
export function urgentOf({ findings }: Memory): ReadonlySet<string> {
  const alive = findings.filter(({ status }) => status !== 'resolved');
  return new Set(
    alive.flatMap(({ targetGroupArns, diagnoses }) => [
      ...targetGroupArns,
      ...diagnoses.flatMap(({ cluster }) => cluster ?? []),
    ]),
  );
}

const mostNeededFirst = (judgeables: Judgeable[], urgent: ReadonlySet<string>): Judgeable[] => {
  const isUrgent = ({ cluster }: Judgeable): boolean => cluster !== null && urgent.has(cluster);
  return [...judgeables.filter(isUrgent), ...judgeables.filter((each) => !isUrgent(each))];
};
