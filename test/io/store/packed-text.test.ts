import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packLines, packText, unpackText } from '../../../io/store/packed-text.ts';

test.each([
  ['a few', 2],
  ['so many that another thread packs them', 100_000],
])('lines come back as they were, whatever characters they have: %s', async (_, count) => {
  const lines = Array.from({ length: count }, (_unused, index) => `{"line":${index},"text":"ä – ’ 😀 ${index}"}`);
  expect(await unpackText(await packLines(lines))).toBe(lines.join('\n'));
});

test('no lines are an empty text', async () => {
  expect(await unpackText(await packLines([]))).toBe('');
});

test('what older versions packed by gzip is read too', async () => {
  expect(await unpackText(gzipSync('{"text":"ä – 😀"}'))).toBe('{"text":"ä – 😀"}');
});

test.each([0, 1, 100, 65_536, 1_000_000, 5_000_000])(
  'no text of %i characters looks like gzip once it is packed',
  async (length) => {
    const texts = ['a'.repeat(length), Buffer.alloc(length, 'abc'), randomBytes(length)];
    for (const text of texts) {
      const packed = [await packText(text), await packLines([text.toString()])];
      expect(packed.map(([first]) => first)).not.toContain(0x1f);
    }
  },
);

test.each([new Uint8Array(), new Uint8Array([1, 2, 3]), new Uint8Array([0x1f, 0x8b])])(
  'what is neither throws: %j',
  async (bytes) => {
    await expect(unpackText(bytes)).rejects.toThrow();
  },
);
