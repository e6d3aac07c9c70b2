import { describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { costOf } from '../../../core/model/run-cost.ts';
import { outputs } from '../../../core/render/outputs.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { reportOf } from '../sample-report.ts';

test('a run is paid by memory and time, and once for being started', () => {
  expect(costOf({ durationMs: 6000, memoryMb: 1024 })).toEqual({ gbSeconds: 6, estimatedUsd: 0.0000802 });
  expect(costOf({ durationMs: 6000, memoryMb: 2048 })).toEqual({ gbSeconds: 12, estimatedUsd: 0.0001602 });
  expect(costOf({ durationMs: 0, memoryMb: 2048 })).toEqual({ gbSeconds: 0, estimatedUsd: 0.0000002 });
});

describe('a report for people says what the run cost', () => {
  const render = {
    html: outputs.html,
    markdown: outputs.markdown,
    text: (report: Report) => renderText(report, { color: false, width: 120, verbose: false }),
  };
  const elsewhere = reportOf([]);
  const cost = costOf({ durationMs: 2600, memoryMb: 1024 });
  const inLambda = { ...elsewhere, run: { ...elsewhere.run, cost } };

  test.each(Object.entries(render))('%s', (_, form) => {
    expect(form(inLambda)).toContain('2.6 GB-seconds, about $0.000035');
    expect(form(elsewhere)).not.toContain('GB-seconds');
  });
});
