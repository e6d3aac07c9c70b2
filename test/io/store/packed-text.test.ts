import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpackFindings } from '../../../io/store/findings/pack.ts';
import { packLines, packText, unpackText } from '../../../io/store/packed-text.ts';
import { readStoredRun } from '../../../io/store/shapes/stored-run.ts';
import { unpackPart } from '../../../io/store/shapes/survey-parts.ts';

const enough = 2 ** 24;

test.each([
  ['a few', 2],
  ['so many that another thread packs them', 100_000],
])('lines come back as they were, whatever characters they have: %s', async (_, count) => {
  const lines = Array.from({ length: count }, (_unused, index) => `{"line":${index},"text":"ä – ’ 😀 ${index}"}`);
  expect(await unpackText(await packLines(lines), enough)).toBe(lines.join('\n'));
});

test('no lines are an empty text', async () => {
  expect(await unpackText(await packLines([]), enough)).toBe('');
});

test('what older versions packed by gzip is read too', async () => {
  expect(await unpackText(gzipSync('{"text":"ä – 😀"}'), enough)).toBe('{"text":"ä – 😀"}');
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
    await expect(unpackText(bytes, enough)).rejects.toThrow();
  },
);

test.each([
  ['Brotli', brotliCompressSync],
  ['gzip', gzipSync],
])('what grows beyond what its writer packs is not unpacked: %s', async (_, compress) => {
  await expect(unpackText(compress('a'.repeat(101)), 100)).rejects.toThrow(RangeError);
  expect(await unpackText(compress('a'.repeat(100)), 100)).toHaveLength(100);
});

test('a few hundred bytes that hold 40 MiB are skipped by each reader, though their text is what it reads', async () => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
  const padded = (text: string): Uint8Array => brotliCompressSync(`${text}${' '.repeat(40 * 2 ** 20)}`, { params });
  const skipped: string[] = [];
  const item = { pk: 'findings', sk: 'one', packed: padded('[]') };
  expect(await unpackFindings(item, (what) => skipped.push(what))).toEqual([]);
  expect(skipped).toEqual(['stored findings cannot be read and count as new']);
  expect(await unpackPart(padded('{"readings":[]}'))).toBeUndefined();
  expect(await unpackPart(brotliCompressSync('{"readings":[]}'))).toEqual({ readings: [], known: [] });
  const run = JSON.stringify({
    run: { id: 'r', account: '1', region: 'eu-west-1', finishedAt: '2026-01-01T00:00:00Z' },
    coverage: { clusters: { seen: 0 }, targetGroups: { seen: 0 }, gaps: [] },
    groups: [],
    diagnoses: [],
  });
  expect(await readStoredRun({ record: padded(run) })).toBeNull();
  expect(await readStoredRun({ record: brotliCompressSync(run) })).toMatchObject({ run: { id: 'r' } });
});
