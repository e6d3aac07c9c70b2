import { expect, test } from 'vitest';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { clustersOf } from '../../../core/survey/clusters-of-groups.ts';
import { emptySurveyMemory } from '../../../core/survey/survey-memory.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const at = '2026-11-20T12:00:00Z';
const [tagged, bound, other] = [groupArn('tagged'), groupArn('bound'), groupArn('other')];
const value = { 'elbv2.k8s.aws/cluster': 'shop', 'service.k8s.aws/stack': 'orders/web' };
const { known } = { ...emptySurveyMemory(), known: new Map([[tagged, { tags: { at, value } }]]) };
const nothing = { findings: [], incidents: [], board: null, mutes: [], baselines: new Map() };
const { memory } = reconcileState(nothing, reportAt(at, [diagnosisOf({ targetGroupArn: bound, cluster: 'prod' })]), {
  lifeCycle: defaultLifeCycle,
  noise: defaultNoise,
  mutes: [],
});

test('tags that were read before name the cluster of a target group, findings that of one without tags', () => {
  expect(clustersOf([tagged], memory, { known })).toEqual(['shop']);
  expect(clustersOf([bound, tagged, tagged], memory, { known })).toEqual(['prod', 'shop']);
});

test('a target group of which memory knows no owner may belong to any cluster', () => {
  expect(clustersOf([tagged, other], memory, { known })).toBeUndefined();
  expect(clustersOf([tagged], memory, emptySurveyMemory())).toBeUndefined();
});
