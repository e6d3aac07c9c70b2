import { expect, test } from 'vitest';
import { recordRun } from '../../../core/lifecycle/record-run.ts';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { simulate } from '../../../core/notification/simulate.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const moment = (minute: number): string => new Date(Date.parse('2026-11-20T12:00:00Z') + minute * 60_000).toISOString();
const incident = '111122223333/eu-west-1/prod/pod-crashloop';
const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };

/** Half an hour of runs in which the cause was there for two runs, and later for good. */
const reports = [0, 1, 1, 0, 0, 0, 1].map((isBad, index) =>
  recordRun(reportAt(moment(index * 5), isBad ? [diagnosisOf()] : [], [groupArn('web-80')])),
);

test('a simulation tells how many messages the runs would have sent, of what kind and about what', () => {
  expect(simulate(reports, rules)).toMatchObject({
    runs: 7,
    from: moment(0),
    to: moment(30),
    messages: 3,
    byNews: { opened: 2, resolved: 1 },
    busiestDay: { day: '2026-11-20', messages: 3 },
    loudest: [{ incident, messages: 3 }],
  });
});

test('other rules, other messages', () => {
  const patient = { ...rules, lifeCycle: { ...defaultLifeCycle, openAfter: { bad: 3, of: 4 } } };
  expect(simulate(reports, patient).messages).toBe(0);
  const muted = { ...rules, mutes: [{ pattern: incident, owner: 'a', reason: 'b', until: moment(100) }] };
  expect(simulate(reports, muted).messages).toBe(0);
});

test('without a run there is nothing to tell', () => {
  expect(simulate([], rules)).toMatchObject({ runs: 0, from: null, messages: 0, busiestDay: null });
});
