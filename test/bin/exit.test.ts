import { expect, test } from 'vitest';
import { exit, exitCodeOf } from '../../bin/exit.ts';
import { summarize } from '../../core/lifecycle/run-summary.ts';
import type { Gap } from '../../core/model/gap.ts';
import { diagnosisOf, reportOf } from '../core/sample-report.ts';

const gap = (reason: Gap['reason']): Gap => ({
  slice: 'pods',
  scope: { kind: 'cluster', name: 'prod' },
  reason,
  action: 'list pods',
  message: 'TypeError: x is not a function (pods.ts:40)',
  remedy: 'Report it.',
});

test.each([
  ['a bug beside a cause', [diagnosisOf()], [gap('bug')], exit.bug, 1],
  ['a bug alone', [], [gap('bug'), gap('denied')], exit.bug, 1],
  ['a refusal beside a cause', [diagnosisOf()], [gap('denied')], exit.causesFound, 0],
  ['a refusal alone', [], [gap('denied')], exit.incomplete, 0],
])('%s', (_name, diagnoses, gaps, code, bugs) => {
  const report = reportOf(diagnoses);
  report.coverage.gaps = gaps;
  report.run.complete = false;
  expect(exitCodeOf(report)).toBe(code);
  expect(summarize(report, []).bugs).toBe(bugs);
});
