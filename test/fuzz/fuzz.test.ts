import fc from 'fast-check';
import { test } from 'vitest';
import { subjects } from '../../scripts/fuzz/subjects.ts';

/** In CI the same cases each time; `npm run fuzz` draws new ones. */
const seed = 14;

test.each(subjects)('$id: no input breaks the reader', async ({ property, inCi }) => {
  await fc.assert(property, { seed, numRuns: inCi });
});
