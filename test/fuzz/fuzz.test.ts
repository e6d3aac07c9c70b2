import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjects } from '../../scripts/fuzz/subjects.ts';

/** In CI the same cases each time; `npm run fuzz` draws new ones. */
const seed = 14;

test.each(subjects)('$id: no input breaks the reader', async ({ property, inCi }) => {
  await fc.assert(property, { seed, numRuns: inCi });
});

test('no input changes what all objects inherit', async () => {
  const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
  for (const { property, inCi } of subjects) await fc.check(property, { seed: seed + 1, numRuns: inCi / 10 });
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
});
