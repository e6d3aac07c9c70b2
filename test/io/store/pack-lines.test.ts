import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packLines } from '../../../io/store/pack-lines.ts';

test.each([
  ['a few', 2],
  ['so many that another thread packs them', 20_000],
])('lines come back as they were, whatever characters they have: %s', async (_, count) => {
  const lines = Array.from({ length: count }, (_unused, index) => `{"line":${index},"text":"ä – ’ 😀 ${index}"}`);
  expect(gunzipSync(await packLines(lines)).toString()).toBe(lines.join('\n'));
});

test('no lines are an empty text', async () => {
  expect(gunzipSync(await packLines([])).toString()).toBe('');
});
