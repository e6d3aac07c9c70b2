import { globSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonOutOfBounds, parseJson } from '../../io/parse-json.ts';

test('what JSON.parse makes of a document is what comes out, whatever its texts hold', () => {
  void fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
  expect(parseJson(JSON.stringify([`"\\${'['.repeat(1000)}\\"`, '\\']))).toHaveLength(2);
});

test.each(['', '{', '"', '"\\"', ']'.repeat(200), '{"a":}'])(
  'what is no JSON is refused as JSON.parse does: %s',
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
    expect(() => parseJson(text)).not.toThrow(JsonOutOfBounds);
  },
);

test('what is nested deeper than any data is refused before it is parsed', () => {
  const nested = (levels: number): string => '{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2);
  expect(parseJson(nested(100))).toBeDefined();
  for (const text of [nested(102), '['.repeat(5_000_000)]) {
    expect(() => parseJson(text)).toThrow('has lists and objects nested more than 100 deep');
  }
});

test('a long text of next to nothing but values is refused, a long list of real ones is not', () => {
  expect(() => parseJson(`[${'[],'.repeat(2_000_000)}0]`)).toThrow(/has 4000001 values in 6000003 characters/);
  const real = `[${'{"name":"checkout-7d9f","ready":true},'.repeat(700_000)}0]`;
  expect(parseJson(real)).toHaveLength(700_001);
});

test('nothing in io parses JSON but through this gate', () => {
  const files = globSync('io/**/*.ts', { cwd: new URL('../../', import.meta.url) });
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((path) => /JSON\.parse\(/.test(readFileSync(path, 'utf8')))).toEqual(['io/parse-json.ts']);
});
