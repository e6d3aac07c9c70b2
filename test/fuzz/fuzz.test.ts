import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjects } from '../../scripts/fuzz/subjects.ts';

/** In CI the same thousand cases each time; `npm run fuzz` draws new ones. */
const cases = { seed: 14, numRuns: 1000 };

test.each(subjects)('$id: no input breaks the reader', async ({ property }) => {
  await fc.assert(property, cases);
});

test('no input changes what all objects inherit', async () => {
  const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
  for (const { property } of subjects) await fc.check(property, { ...cases, numRuns: 200 });
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
});
