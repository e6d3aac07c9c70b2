import { describe, expect, test } from 'vitest';
import { timetable } from '../../../core/survey/timetable.ts';

describe('the timetable of a run', () => {
  test.each([300_000, 60_000, 5_000, 0])(
    'of %i ms reads before it probes, probes before it judges, and judges before it saves',
    (remaining) => {
      const { surveyMs, observeMs, concludeMs } = timetable(remaining, 1000);
      expect(surveyMs).toBeGreaterThanOrEqual(0);
      expect(surveyMs).toBeLessThanOrEqual(observeMs);
      expect(observeMs).toBeLessThanOrEqual(concludeMs);
      expect(concludeMs).toBeLessThanOrEqual(remaining);
    },
  );

  test('keeps back what the last run took to judge and save, and half as much again', () => {
    const { observeMs, concludeMs } = timetable(300_000, 1000, { concludeMsPerGroup: 30, closingMs: 20_000 });
    expect(concludeMs).toBe(300_000 - 30_000);
    expect(observeMs).toBe(concludeMs - 45_000);
  });

  test('leaves a third of the time to reading, however slow the function is', () => {
    const { observeMs } = timetable(300_000, 100_000, { concludeMsPerGroup: 1000, closingMs: 1_000_000 });
    expect(observeMs).toBeCloseTo(100_000);
  });

  test('gives a function that is fast nearly all of its time to read', () => {
    const { surveyMs } = timetable(300_000, 100, { concludeMsPerGroup: 1, closingMs: 200 });
    expect(surveyMs).toBe(250_000);
  });
});
