import { describe, expect, test } from 'vitest';
import { compare } from '../../../core/lifecycle/reconcile-findings.ts';
import { changesSince } from '../../../core/lifecycle/since.ts';
import { withHistory } from '../../../core/lifecycle/timeline.ts';
import type { Gap } from '../../../core/model/gap.ts';
import type { Report } from '../../../core/model/report.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const before = reportAt('2026-11-20T12:00:00Z', [diagnosisOf()]);
const web = groupArn('web-80');
const { fingerprint } = diagnosisOf();
const remembered = compare([], before, before.run.finishedAt).map(({ after }) => after);

const seeing = (groups: string[], ...gaps: Pick<Gap, 'slice' | 'scope'>[]): Report => {
  const report = reportAt('2026-11-20T12:05:00Z', [], groups);
  const whole = gaps.map(
    (gap): Gap => ({
      ...gap,
      reason: 'deadline',
      action: 'probe',
      message: 'the time was over',
      remedy: 'give more time',
    }),
  );
  return {
    ...report,
    run: { ...report.run, complete: gaps.length === 0 },
    coverage: { ...report.coverage, gaps: whole },
  };
};

/** The same run where no client of the group is served. */
const unserved = (report: Report): Report => ({
  ...report,
  groups: report.groups.map((group) => ({ ...group, served: 'unserved' })),
});

/** What the store, `--watch` and `examine` with two files each make of the second report. */
const answers = (now: Report) => ({
  store: compare(remembered, now, now.run.finishedAt).map(({ transition }) => transition),
  watch: changesSince(before, now).flatMap(({ kind }) => (kind === 'health' ? [] : kind)),
  examine: withHistory(now, [before]).history?.[fingerprint]?.map(({ transition }) => transition),
});

const open = { store: [], watch: [], examine: ['opened'] };
const resolved = { store: ['resolved'], watch: ['resolved'], examine: ['opened', 'resolved'] };

describe('the store, --watch and examine call the same things resolved', () => {
  test.each([
    ['the group is there and healthy', seeing([web]), resolved],
    ['the group is gone and everything was read', seeing([]), resolved],
    ['the group is there, its only target has been deregistered, and nothing serves', unserved(seeing([web])), open],
    [
      'the group is there, one of its targets was not probed',
      seeing([web], { slice: 'probes', scope: { kind: 'target', targetGroupArn: web, id: 'i-1', port: 1 } } as never),
      open,
    ],
    [
      'the group is gone, and groups may be hidden',
      seeing([], { slice: 'targetGroups', scope: { kind: 'all' } }),
      open,
    ],
    [
      'the group is there, its cluster could not be read',
      seeing([web], { slice: 'pods', scope: { kind: 'cluster', name: 'prod' } }),
      open,
    ],
    [
      'the group is gone, and only another cluster could not be read',
      seeing([], { slice: 'pods', scope: { kind: 'cluster', name: 'other' } }),
      resolved,
    ],
  ])('%s', (_, now, expected) => expect(answers(now)).toEqual(expected));
});

test('what a Service lacks and nothing names is resolved only by a survey that read all target groups', () => {
  const lacking = diagnosisOf({ targetGroupArn: 'none:prod/shop/web', cause: 'deleted-outside-kubernetes' });
  const seen = reportAt('2026-11-20T12:00:00Z', [lacking]);
  const known = compare([], seen, seen.run.finishedAt).map(({ after }) => after);
  const fateIn = (now: Report) => compare(known, now, now.run.finishedAt).map(({ transition }) => transition);
  expect(fateIn(seeing([]))).toEqual(['resolved']);
  expect(fateIn(seeing([], { slice: 'targetHealth', scope: { kind: 'target-groups', count: 3 } }))).toEqual([]);
});

test('work grows with the number of findings, not with its square', () => {
  const readsOf = (count: number): number => {
    const many = Array.from({ length: count }, (_, index) =>
      diagnosisOf({ fingerprint: `${fingerprint}-${index}`, targetGroupArn: groupArn(`web-${index}`) }),
    );
    const report = reportAt('2026-11-20T12:00:00Z', many);
    const known = compare([], report, report.run.finishedAt).map(({ after }) => after);
    let reads = 0;
    const groups = new Proxy(report.groups, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    const later = { ...report, groups, run: { ...report.run, id: 'later' } };
    expect(compare(known, later, '2026-11-20T12:05:00Z')).toEqual([]);
    return reads;
  };
  expect(readsOf(100)).toBeGreaterThan(0);
  expect(readsOf(200) / readsOf(100)).toBeLessThan(2.3);
});
