import { alarms, type Diagnosis } from '../model/diagnosis.ts';
import type { Gap } from '../model/gap.ts';
import type { GroupSummary, Report } from '../model/report.ts';

/**
 * What of a report decides who is told what, so that a run can be replayed under other rules: the diagnoses that
 * people are told of, without their texts, and the target groups about which the run could not say everything.
 */
export function recordRun({ history: _, ...report }: Report): Report {
  const { gaps } = report.coverage;
  const isNeeded = gaps.some(hidesAll)
    ? () => true
    : ({ read, unknown, served }: Report['groups'][number]) =>
        !read || unknown.length > 0 || served === 'unserved' || served === 'unknown';
  return {
    ...report,
    coverage: { ...report.coverage, gaps: gaps.map((gap) => ({ ...gap, message: '', remedy: '' })) },
    groups: report.groups.filter(isNeeded).map(withoutDetails),
    // A verdict of an earlier run was not seen in this one.
    diagnoses: report.diagnoses
      .filter((diagnosis) => alarms(diagnosis) && diagnosis.asOf === undefined)
      .map(withoutTexts),
  };
}

/** A target group without what only people look at. */
export const withoutDetails = ({ chain: _chain, clientsPath: _path, ...group }: GroupSummary): GroupSummary => group;

/** A diagnosis without the texts, which decide nothing. */
export const withoutTexts = (diagnosis: Diagnosis): Diagnosis => ({
  ...diagnosis,
  evidence: [],
  ruledOut: [],
  unknown: [],
  fix: [],
  decidedBy: null,
});

const hidesAll = ({ scope }: Gap): boolean => scope.kind === 'all';
