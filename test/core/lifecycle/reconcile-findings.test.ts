import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterChanges, compare, isWithin } from '../../../core/lifecycle/reconcile-findings.ts';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Finding } from '../../../core/model/finding.ts';
import type { Gap } from '../../../core/model/gap.ts';
import type { GroupSummary, Report } from '../../../core/model/report.ts';
import { diagnosisOf, groupArn, reportAt, reportOf } from '../sample-report.ts';

const at = '2026-11-20T12:00:09Z';
const web80 = groupArn('web-80');
const web443 = groupArn('web-443');

/** Memory after one run that found these. */
const memoryOf = (...diagnoses: Diagnosis[]): Finding[] =>
  afterChanges([], compare([], reportAt('2026-11-20T11:55:00Z', diagnoses), '2026-11-20T11:55:00Z'));

const gapOf = (gap: Partial<Gap>): Gap => ({
  slice: 'pods',
  scope: { kind: 'all' },
  reason: 'unreachable',
  action: 'list pods',
  message: 'connect timeout',
  remedy: 'open the endpoint',
  ...gap,
});

const withGap = (report: Report, gap: Partial<Gap>): Report => ({
  ...report,
  coverage: { ...report.coverage, gaps: [gapOf(gap)] },
});

const withGroup = (report: Report, fields: Partial<GroupSummary>): Report => ({
  ...report,
  groups: report.groups.map((group) => ({ ...group, ...fields })),
});

const inRun = (report: Report, id: string): Report => ({ ...report, run: { ...report.run, id } });

const transitions = (remembered: Finding[], report: Report): string[] =>
  compare(remembered, report, at).map(({ transition }) => transition);

describe('what is new', () => {
  test('a cause seen for the first time opens', () => {
    const [change] = compare([], reportOf([diagnosisOf()]), at);
    expect(change).toMatchObject({
      transition: 'opened',
      before: null,
      after: { status: 'open', episode: 1, revision: 1, openedAt: at, resolvedAt: null, targetGroupArns: [web80] },
    });
  });

  test('an unexplained target group opens too', () => {
    expect(transitions([], reportOf([diagnosisOf({ cause: null })]))).toEqual(['opened']);
  });

  test('expected states and latent risks tell nobody', () => {
    const quiet = [diagnosisOf({ verdict: 'expected' }), diagnosisOf({ verdict: 'latent' })];
    expect(compare([], reportOf(quiet), at)).toEqual([]);
  });

  test('target groups with the same cause of the same Service are one finding', () => {
    const changes = compare([], reportOf([diagnosisOf({ targetGroupArn: web443 }), diagnosisOf()]), at);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.after.targetGroupArns).toEqual([web443, web80]);
  });
});

describe('what stayed', () => {
  test('the same again is silence', () => {
    expect(compare(memoryOf(diagnosisOf()), reportOf([diagnosisOf()]), at)).toEqual([]);
  });

  test('targets, evidence and health may come and go in silence', () => {
    const other = diagnosisOf({ targets: [], evidence: [], groupHealth: { healthy: 0, total: 9 } });
    expect(compare(memoryOf(diagnosisOf()), reportOf([other]), at)).toEqual([]);
  });
});

describe('what changed', () => {
  test.each<[string, Partial<Diagnosis>]>([
    ['confidence', { confidence: 'probable' }],
    ['severity', { severity: 'critical' }],
    ['a co-cause', { coCauses: ['hc-port-wrong'] }],
    ['a mechanism', { mechanisms: ['etp-local-no-ready-endpoint-anywhere'] }],
  ])('%s is news, and the cause stays open', (_, fields) => {
    const [change] = compare(memoryOf(diagnosisOf()), reportOf([diagnosisOf(fields)]), at);
    expect(change).toMatchObject({
      transition: 'changed',
      before: { revision: 1 },
      after: { status: 'open', episode: 1, revision: 2, openedAt: '2026-11-20T11:55:00Z', changedAt: at },
    });
  });

  test('a lower severity is no news, nor is the former one after it: a last target may come and go', () => {
    const critical = memoryOf(diagnosisOf({ severity: 'critical' }));
    const lower = compare(critical, inRun(reportOf([diagnosisOf()]), 'lower'), at);
    expect(lower.map(({ transition }) => transition)).not.toContain('changed');
    const again = inRun(reportOf([diagnosisOf({ severity: 'critical' })]), 'again');
    expect(compare(afterChanges(critical, lower), again, at).map(({ transition }) => transition)).not.toContain(
      'changed',
    );
  });

  test('another target group is news', () => {
    const both = reportOf([diagnosisOf(), diagnosisOf({ targetGroupArn: web443 })]);
    expect(transitions(memoryOf(diagnosisOf()), both)).toEqual(['changed']);
  });

  test('a co-cause that nobody could look for this time is still assumed', () => {
    const memory = memoryOf(diagnosisOf({ coCauses: ['hc-port-wrong'] }));
    const blind = withGroup(reportOf([diagnosisOf()]), { unknown: ['hc-port-wrong'] });
    expect(compare(memory, blind, at)).toEqual([]);
    expect(transitions(memory, reportOf([diagnosisOf()]))).toEqual(['changed']);
  });

  test('memory that holds only some of its diagnoses is not taken for a change', () => {
    const both = [diagnosisOf(), diagnosisOf({ targetGroupArn: web443 })];
    const cut = memoryOf(...both).map((finding) => ({ ...finding, diagnoses: finding.diagnoses.slice(0, 1) }));
    expect(compare(cut, reportOf(both), at)).toEqual([]);
  });
});

describe('what is over', () => {
  test('a cause that its check rules out resolves', () => {
    const [change] = compare(memoryOf(diagnosisOf()), reportOf([], [web80]), at);
    expect(change).toMatchObject({
      transition: 'resolved',
      after: { status: 'resolved', revision: 2, resolvedAt: at, diagnoses: [diagnosisOf()] },
    });
  });

  test('a target group that is gone from a complete survey resolves', () => {
    expect(transitions(memoryOf(diagnosisOf()), reportOf([]))).toEqual(['resolved']);
  });

  test('another cause in its place opens, and the old one resolves', () => {
    const other = diagnosisOf({ cause: 'pod-oomkilled' });
    expect(transitions(memoryOf(diagnosisOf()), reportOf([other]))).toEqual(['resolved', 'opened']);
  });

  test('the second opening is another episode', () => {
    const resolved = afterChanges(memoryOf(diagnosisOf()), compare(memoryOf(diagnosisOf()), reportOf([]), at));
    expect(resolved).toMatchObject([{ status: 'resolved' }]);
    const [change] = compare(resolved, reportAt('2026-11-20T13:00:00Z', [diagnosisOf()]), '2026-11-20T13:00:00Z');
    expect(change).toMatchObject({ transition: 'opened', after: { episode: 2, revision: 3, resolvedAt: null } });
  });

  test('a resolved finding that stays away is silence', () => {
    const resolved = afterChanges(memoryOf(diagnosisOf()), compare(memoryOf(diagnosisOf()), reportOf([]), at));
    expect(compare(resolved, reportOf([]), at)).toEqual([]);
  });
});

describe('what could not be read stays open', () => {
  test.each<[string, (report: Report) => Report]>([
    ['its check is unknown', (report) => withGroup(report, { unknown: ['pod-crashloop'] })],
    [
      'its targets could not be probed',
      (report) =>
        withGap(report, { slice: 'probes', scope: { kind: 'target', targetGroupArn: web80, id: 'i-1', port: 80 } }),
    ],
  ])('a target group does not open as unexplained while a cause is known and %s', (_, hide) => {
    const unexplained = hide(reportOf([diagnosisOf({ cause: null })]));
    expect(transitions(memoryOf(diagnosisOf()), unexplained)).toEqual([]);
    expect(transitions([], unexplained)).toEqual(['opened']);
    expect(transitions(memoryOf(diagnosisOf()), reportOf([diagnosisOf({ cause: null })]))).toContain('opened');
  });

  test.each<[string, Partial<Gap>]>([
    ['ran out of time', { slice: 'services', reason: 'deadline' }],
    ['could not be reached', { slice: 'services', reason: 'unreachable' }],
    ['was not described', { slice: 'clusters', reason: 'throttled' }],
  ])('a target group does not open as unexplained, nor is it suspected, while its cluster %s', (_, gap) => {
    const unexplained = diagnosisOf({ cause: null });
    const dark = withGap(reportOf([unexplained]), { ...gap, scope: { kind: 'cluster', name: 'prod' } });
    expect(compare([], dark, at)).toEqual([]);
    const slow = { ...defaultLifeCycle, openAfter: { bad: 2, of: 3 } };
    const suspected = afterChanges([], compare([], reportOf([unexplained]), at, slow));
    expect(suspected).toMatchObject([{ status: 'suspected' }]);
    expect(compare(suspected, inRun(dark, 'later'), at, slow)).toEqual([]);
    const elsewhere = withGap(reportOf([unexplained]), { ...gap, scope: { kind: 'cluster', name: 'stage' } });
    expect(transitions([], elsewhere)).toEqual(['opened']);
  });

  test('what was open as unexplained stays so while its cluster cannot be read', () => {
    const unexplained = diagnosisOf({ cause: null });
    const dark = withGap(reportOf([unexplained]), { scope: { kind: 'cluster', name: 'prod' } });
    expect(transitions(memoryOf(unexplained), inRun(dark, 'later'))).toEqual([]);
  });

  const healthy = reportOf([], [web80]);
  const nothing = reportOf([]);

  test.each<[string, Report]>([
    ['the health of its target group', withGroup(healthy, { read: false })],
    ['what its check needs', withGroup(healthy, { unknown: ['pod-crashloop'] })],
    [
      'a single target of its target group',
      withGap(healthy, {
        slice: 'probes',
        reason: 'deadline',
        scope: { kind: 'target', targetGroupArn: web80, id: 'i-0aaaaaaaaaaaaaaa1', port: 31080 },
      }),
    ],
    ['the list of target groups', withGap(nothing, { slice: 'targetGroups', reason: 'throttled' })],
    ['the list of load balancers', withGap(nothing, { slice: 'loadBalancers', reason: 'denied' })],
    ['the list of clusters', withGap(healthy, { slice: 'clusters', reason: 'denied' })],
    ['its cluster', withGap(healthy, { slice: 'clusters', scope: { kind: 'cluster', name: 'prod' } })],
    ['the API server of its cluster', withGap(healthy, { scope: { kind: 'cluster', name: 'prod' } })],
    [
      'the Services of its cluster',
      withGap(healthy, { slice: 'services', reason: 'denied', scope: { kind: 'cluster', name: 'prod' } }),
    ],
  ])('%s', (_, report) => {
    const memory = memoryOf(diagnosisOf());
    expect(transitions(memory, reportOf([], [web80]))).toEqual(['resolved']);
    expect(compare(memory, report, at)).toEqual([]);
  });

  test('a standing refusal of one slice does not keep everything open for ever', () => {
    const cluster = { kind: 'cluster', name: 'prod' } as const;
    const refused = withGap(healthy, { slice: 'targetGroupBindings', reason: 'denied', scope: cluster });
    expect(transitions(memoryOf(diagnosisOf()), refused)).toEqual(['resolved']);
  });

  test('another cluster in the dark does not matter', () => {
    const dark = withGap(healthy, { scope: { kind: 'cluster', name: 'stage' } });
    expect(transitions(memoryOf(diagnosisOf()), dark)).toEqual(['resolved']);
  });

  test('one target group that could not be read is kept while the other one is followed', () => {
    const memory = memoryOf(diagnosisOf(), diagnosisOf({ targetGroupArn: web443 }));
    const report = reportOf([], [web80, web443]);
    const half = {
      ...report,
      groups: report.groups.map((group) => ({ ...group, read: group.targetGroupArn === web80 })),
    };
    expect(compare(memory, half, at)).toMatchObject([{ transition: 'changed', after: { targetGroupArns: [web443] } }]);
  });
});

test('a run about some clusters says nothing about findings of others', () => {
  const [finding] = memoryOf(diagnosisOf());
  if (finding === undefined) throw new Error('nothing remembered');
  expect(isWithin({}, finding)).toBe(true);
  expect(isWithin({ clusters: ['prod'] }, finding)).toBe(true);
  expect(isWithin({ clusters: ['stage'] }, finding)).toBe(false);
});

describe('for all reports', () => {
  const names = ['a', 'b', 'c'];
  const diagnosis = fc.record({
    cause: fc.constantFrom('pod-crashloop', 'pod-oomkilled', null),
    verdict: fc.constantFrom('unhealthy', 'latent', 'expected'),
    confidence: fc.constantFrom('confirmed', 'probable'),
    severity: fc.constantFrom('high', 'low'),
    coCauses: fc.subarray(['hc-port-wrong', 'app-error-status']),
    targetGroupArn: fc.constantFrom(...names.map(groupArn)),
  }) as fc.Arbitrary<Partial<Diagnosis>>;
  const gap = fc.record({
    slice: fc.constantFrom('clusters', 'targetGroups', 'services', 'pods'),
    scope: fc.constantFrom({ kind: 'all' }, { kind: 'cluster', name: 'prod' }),
    reason: fc.constantFrom('denied', 'unreachable'),
  }) as fc.Arbitrary<Partial<Gap>>;
  const report = fc
    .record({
      diagnoses: fc.array(diagnosis, { maxLength: 5 }),
      healthy: fc.subarray(names.map(groupArn)),
      unread: fc.subarray(names.map(groupArn)),
      unknown: fc.subarray(['pod-crashloop', 'hc-port-wrong']),
      gaps: fc.array(gap, { maxLength: 1 }),
    })
    .map(({ diagnoses, healthy, unread, unknown, gaps }): Report => {
      const whole = reportOf(diagnoses.map(diagnosisOf), healthy);
      return {
        ...whole,
        coverage: { ...whole.coverage, gaps: gaps.map(gapOf) },
        groups: whole.groups.map((group) => ({ ...group, unknown, read: !unread.includes(group.targetGroupArn) })),
      };
    });
  const remember = (reports: Report[]): Finding[] =>
    reports.reduce<Finding[]>(
      (memory, each, index) => afterChanges(memory, compare(memory, inRun(each, `run-${index}`), at)),
      [],
    );

  test('the same report twice is silence the second time', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 3 }), report, (past, last) => {
        expect(compare(remember([...past, last]), last, at)).toEqual([]);
      }),
    );
  });

  test('a run that read nothing resolves nothing', () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 3 }), (past) => {
        const memory = remember(past);
        const blind = withGap(withGroup(reportOf([], names.map(groupArn)), { read: false }), { slice: 'targetGroups' });
        expect(compare(memory, blind, at)).toEqual([]);
      }),
    );
  });

  test('every write follows the one before it', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 3 }), report, (past, last) => {
        for (const { before, after } of compare(remember(past), last, at)) {
          expect(after.revision).toBe((before?.revision ?? 0) + 1);
        }
      }),
    );
  });
});
