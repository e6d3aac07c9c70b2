import fc from 'fast-check';
import { expect, test } from 'vitest';
import { governor } from '../../../io/aws/governor.ts';

test('a burst passes at once, then calls come at the rate', () => {
  const budget = governor(5, 3);
  expect(Array.from({ length: 6 }, () => budget.book(0))).toEqual([0, 0, 0, 200, 400, 600]);
});

test('what is not used for a while can be used again, but no more than the burst', () => {
  const budget = governor(5, 3);
  for (let call = 0; call < 3; call += 1) budget.book(0);
  expect(Array.from({ length: 5 }, () => budget.book(60_000))).toEqual([0, 0, 0, 200, 400]);
});

test('the first throttle takes the burst and halves the rate, for a minute', () => {
  const budget = governor(5, 3);
  budget.throttled(1000);
  expect([budget.book(1000), budget.book(1000)]).toEqual([400, 800]);
  expect(Array.from({ length: 5 }, () => budget.book(90_000))).toEqual([0, 0, 0, 200, 400]);
});

test('in no stretch of time more calls start than the burst and the rate allow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 2, maxLength: 80 }), (pauses) => {
      const budget = governor(5, 10);
      let now = 0;
      const starts = pauses.map((pause) => {
        now += pause;
        return now + budget.book(now);
      });
      starts.forEach((start, first) => {
        starts.slice(first).forEach((end, later) => {
          expect(later + 1).toBeLessThanOrEqual(10 + ((end - start) / 1000) * 5 + 1e-6);
        });
      });
    }),
    { numRuns: 50 },
  );
});
