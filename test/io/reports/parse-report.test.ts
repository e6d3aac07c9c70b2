import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReport } from '../../../io/reports/parse-report.ts';

const parse = (text: string, keep: Parameters<typeof parseReport>[1] = {}) => parseReport(Buffer.from(text), keep);
const whole = { groups: (entry: object) => entry, diagnoses: (entry: object) => entry };

describe('a report that is parsed entry by entry', () => {
  test('is what JSON.parse makes of it, whatever its texts hold and however it is indented', () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
    const report = fc.record({
      schemaVersion: fc.constant(1),
      run: record,
      groups: fc.array(record, { maxLength: 4 }),
      note: fc.string(),
      diagnoses: fc.oneof(fc.array(record, { maxLength: 4 }), fc.constant(null), fc.string()),
      others: fc.array(fc.jsonValue(), { maxLength: 3 }),
    });
    void fc.assert(
      fc.property(report, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parse(text, whole)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('keeps of each entry what it is told to, before it parses the next', () => {
    const seen: string[] = [];
    const keep = (entry: object) => {
      seen.push(`${(entry as { id: number }).id}`);
      return seen.length;
    };
    const text = '{"run": {"groups": [{"id": 9}]}, "groups": [{"id": 1, "text": "} ] \\\\\\" {"}, {"id": 2}]}';
    expect(parse(text, { groups: keep })).toEqual({ run: { groups: [{ id: 9 }] }, groups: [1, 2] });
    expect(seen).toEqual(['1', '2']);
    expect(() => parse('{"groups": [{"id": 3}, {]}', { groups: keep })).toThrow(SyntaxError);
    expect(seen).toEqual(['1', '2', '3']);
  });

  test.each([
    ['a number', '{"groups": [{}, 7]}'],
    ['a text', '{"groups": ["{}"]}'],
    ['a list', '{"groups": [[]]}'],
    ['nothing', '{"groups": [null]}'],
  ])('is refused where an entry is %s', (_, text) => {
    expect(() => parse(text, whole)).toThrow(new TypeError('groups: expected a list of objects'));
  });

  test.each(['', 'hello', '{', '{"groups": [', '{"groups": [{}', '{"a": "b', '{}}', '{"groups": [] "x"}', '[}'])(
    'is refused where it is no JSON: %s',
    (text) => {
      expect(() => parse(text, whole)).toThrow(SyntaxError);
    },
  );
});
