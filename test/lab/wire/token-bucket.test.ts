import { expect, test } from 'vitest';
import { tokenBucket } from '../../../lab/wire/aws/token-bucket.ts';

test('a bucket gives its burst at once, then refills by the second up to the burst', () => {
  let now = 0;
  const take = tokenBucket({ burst: 3, perSecond: 10 }, () => now);
  const takeMany = (count: number) => Array.from({ length: count }, take).filter(Boolean).length;
  expect(takeMany(5)).toBe(3);
  now = 250;
  expect(takeMany(5)).toBe(2);
  now = 60_000;
  expect(takeMany(5)).toBe(3);
});
