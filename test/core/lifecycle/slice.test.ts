import { describe, expect, test } from 'vitest';
import type { Conclusion } from '../../../core/diagnosis/conclusion.ts';
import { afterChanges } from '../../../core/lifecycle/reconcile-findings.ts';
import { changesOfSlice } from '../../../core/lifecycle/slice.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { defaultRules } from '../../io/store/audit-once.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const at = (minute: number): string => `2026-11-20T12:0${minute}:00.000Z`;
const web = diagnosisOf();
const other = diagnosisOf({
  fingerprint: '111122223333/eu-west-1/test/shop/api/pod-crashloop',
  cluster: 'test',
  service: 'api',
  targetGroupArn: groupArn('api-80'),
});
const spread = { ...web, targetGroupArn: groupArn('web-443') };

/** What the run says of one cluster. */
const conclusionOf = (report: Report, cluster: string): Conclusion => ({
  audited: true,
  probed: 0,
  alike: 0,
  gaps: [],
  groups: report.groups.filter(({ cluster: of }) => of === cluster),
  diagnoses: report.diagnoses.filter(({ cluster: of }) => of === cluster),
  baselines: {},
});
const observed = ({ run, coverage }: Report) => {
  const { account, region, ...rest } = run;
  return { run: rest, inventory: { account, region, clusters: [], gaps: coverage.gaps } };
};
const inCluster = (report: Report): Report => ({
  ...report,
  groups: report.groups.map((group) => ({
    ...group,
    cluster: group.targetGroupArn === other.targetGroupArn ? 'test' : 'prod',
  })),
});
const slicesOf = (report: Report, memory = emptyMemory()) =>
  ['prod', 'test'].flatMap((cluster) =>
    changesOfSlice(conclusionOf(report, cluster), {
      run: observed(report),
      cluster,
      findings: memory.findings,
      lifeCycle: defaultRules.lifeCycle,
    }),
  );

describe('what clusters change one after the other', () => {
  test.each([
    ['opens', [], [web, other]],
    ['stays', [web, other], [web, other]],
    ['resolves', [web, other], [other]],
  ])('is what they change together, where a cause %s', (_, before, now) => {
    const { memory } = reconcileState(
      emptyMemory(),
      inCluster(reportAt(at(1), before, [groupArn('web-80'), groupArn('api-80')])),
      defaultRules,
    );
    const report = inCluster(reportAt(at(2), now, [groupArn('web-80'), groupArn('api-80')]));
    const whole = reconcileState(memory, report, defaultRules);
    const slices = slicesOf(report, memory);
    const rest = reconcileState({ ...memory, findings: afterChanges(memory.findings, slices) }, report, defaultRules);
    expect(rest.changes).toEqual([]);
    expect(slices).toEqual(whole.changes);
    expect(rest.announcements).toEqual(whole.announcements);
    expect(rest.memory).toEqual(whole.memory);
  });

  test('leaves a finding that has target groups elsewhere to the end of the run', () => {
    const { memory } = reconcileState(emptyMemory(), inCluster(reportAt(at(1), [web, spread])), defaultRules);
    const report = inCluster(reportAt(at(2), [web], [groupArn('web-443')]));
    const without = {
      ...report,
      groups: report.groups.filter(({ targetGroupArn }) => targetGroupArn === web.targetGroupArn),
    };
    expect(slicesOf(without, memory)).toEqual([]);
    expect(reconcileState(memory, report, defaultRules).changes).not.toEqual([]);
  });
});
