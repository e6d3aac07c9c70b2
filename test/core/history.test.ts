import { describe, expect, test } from 'vitest';
import { withHistory } from '../../core/history.ts';
import type { Report } from '../../core/report.ts';
import { crashReport, gap, unreadReport } from './render/crash-report.ts';

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
    const gone: Report = { ...well, groups: [], run: { ...well.run, complete: false } };
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
