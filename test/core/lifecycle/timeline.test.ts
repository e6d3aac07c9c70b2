import { describe, expect, test } from 'vitest';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import { withHistory, withMemory } from '../../../core/lifecycle/timeline.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { crashReport, gap, unreadReport } from '../render/crash-report.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const at = (hour: number, report: Report): Report => ({
  ...report,
  run: { ...report.run, finishedAt: `2026-11-20T0${hour}:00:00Z` },
});
const sick = crashReport();
const well: Report = { ...sick, diagnoses: [] };
const moments = (latest: Report, ...earlier: Report[]) =>
  Object.values(withHistory(latest, earlier).history ?? {}).map((each) =>
    each.map((moment) => `${moment.at.slice(11, 13)} ${moment.transition}`),
  );

describe('the history of findings', () => {
  test('is absent where there is one report', () => {
    expect(withHistory(sick, [])).not.toHaveProperty('history');
  });

  test('says when a finding opened, resolved and opened again', () => {
    expect(moments(at(4, sick), at(1, sick), at(2, sick), at(3, well))).toEqual([
      ['01 opened', '03 resolved', '04 opened'],
    ]);
  });

  test('resolves nothing that was not read again', () => {
    expect(moments(at(3, sick), at(1, sick), at(2, { ...unreadReport(), diagnoses: [] }))).toEqual([['01 opened']]);
    const hidden = { ...gap, slice: 'targetGroups' as const, scope: { kind: 'all' as const } };
    const gone: Report = {
      ...well,
      groups: [],
      run: { ...well.run, complete: false },
      coverage: { ...well.coverage, gaps: [hidden] },
    };
    expect(moments(at(3, sick), at(1, sick), at(2, gone))).toEqual([['01 opened']]);
  });

  test('resolves what is gone from an account that was read in full', () => {
    expect(moments(at(2, { ...well, groups: [] }), at(1, sick))).toEqual([['01 opened', '02 resolved']]);
  });

  test('resolves no cause whose question had no answer', () => {
    const unanswered = { ...crashReport('gone', [{ ...gap, slice: 'pods' }]), diagnoses: [] };
    expect(unanswered.groups[0]?.unknown).toContain('pod-crashloop');
    expect(moments(at(3, sick), at(1, sick), at(2, unanswered))).toEqual([['01 opened']]);
  });
});

test('memory tells when each finding of a report was there before, and since when it is there now', () => {
  const runs = [
    reportAt('2026-11-20T01:00:00Z', [diagnosisOf()]),
    reportAt('2026-11-20T02:00:00Z', [], [groupArn('web-80')]),
    reportAt('2026-11-20T03:00:00Z', [diagnosisOf()]),
  ];
  const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
  const memory = runs.reduce((before, report) => reconcileState(before, report, rules).memory, emptyMemory());
  expect(withMemory(reportAt('2026-11-20T04:00:00Z', [diagnosisOf()]), memory.findings).history).toEqual({
    [diagnosisOf().fingerprint]: [
      { at: '2026-11-20T01:00:00Z', transition: 'opened' },
      { at: '2026-11-20T02:00:00Z', transition: 'resolved' },
      { at: '2026-11-20T03:00:00Z', transition: 'opened' },
    ],
  });
  expect(withMemory(reportAt('2026-11-20T04:00:00Z', []), memory.findings).history).toEqual({});
});
