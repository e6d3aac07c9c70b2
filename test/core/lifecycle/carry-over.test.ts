import { describe, expect, test } from 'vitest';
import { observationsOf } from '../../../core/diagnosis/diagnoses.ts';
import { withLastVerdicts } from '../../../core/lifecycle/carry-over.ts';
import { recordRun } from '../../../core/lifecycle/record-run.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { defaultRules } from '../../io/store/audit-once.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const web = groupArn('web-80');
const earlier = '2026-11-20T12:00:00.000Z';
const now = '2026-11-20T12:10:00.000Z';
const { memory } = reconcileState(emptyMemory(), reportAt(earlier, [diagnosisOf()]), defaultRules);
const unread = (): Report => {
  const report = reportAt(now, [], [web]);
  return { ...report, groups: report.groups.map((group) => ({ ...group, read: false })) };
};
const inTheDark = (report: Report): Report => ({
  ...report,
  coverage: {
    ...report.coverage,
    gaps: [
      {
        slice: 'services',
        scope: { kind: 'cluster', name: 'prod' },
        reason: 'unreachable',
        action: 'list services',
        message: 'connect timeout',
        remedy: 'open the endpoint',
      },
    ],
  },
});

describe('what a run did not read', () => {
  test('keeps its last verdict, with its age', () => {
    const { diagnoses } = withLastVerdicts(unread(), memory.findings);
    expect(diagnoses).toMatchObject([
      { cause: 'pod-crashloop', targetGroupArn: web, asOf: memory.findings[0]?.lastSeenAt },
    ]);
    expect(diagnoses.flatMap(observationsOf)).toContain(`not read in this run: this is the verdict of ${earlier}`);
  });

  test('is not unexplained while its cause is known', () => {
    const report = reportAt(now, [diagnosisOf({ cause: null })]);
    const { diagnoses } = withLastVerdicts(inTheDark(report), memory.findings);
    expect(diagnoses).toMatchObject([{ cause: 'pod-crashloop', asOf: memory.findings[0]?.lastSeenAt }]);
    const unknown = withLastVerdicts(inTheDark(report), []);
    expect(unknown.diagnoses).toMatchObject([{ verdict: 'unexplained' }]);
  });

  test('is not carried over what was read', () => {
    expect(withLastVerdicts(reportAt(now, [], [web]), memory.findings).diagnoses).toEqual([]);
  });

  test('is no sight of its cause when the run is replayed', () => {
    expect(recordRun(withLastVerdicts(unread(), memory.findings)).diagnoses).toEqual([]);
  });
});
