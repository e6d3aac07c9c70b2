import { describe, expect, test } from 'vitest';
import { memo } from '../../../core/model/memo.ts';

/** Counts how often something is made. */
function maker() {
  let made = 0;
  return { make: () => ({ number: ++made }), times: () => made };
}

describe('what was worked out once', () => {
  const kinds = ['path', 'verdict'];
  const objects = Array.from({ length: 3 }, () => ({}));
  /** Many more than are found by comparison, of several lengths, that share beginnings and ends. */
  const keys = kinds.flatMap((kind) => [
    [kind],
    ...objects.flatMap((object) => [
      [kind, object],
      [kind, object, 'tcp'],
      [kind, 'tcp', object],
      ...objects.map((other) => [kind, object, other, 443]),
    ]),
  ]);

  test('is found again by the same values in the same order, however many there are, and by no others', () => {
    const { once } = memo();
    const { make, times } = maker();
    const first = keys.map((key) => once(key, make));
    expect(new Set(first).size).toBe(keys.length);
    expect(keys.map((key) => once([...key], make))).toEqual(first);
    expect(times()).toBe(keys.length);
  });

  test('may ask for others while it is made', () => {
    const { once } = memo();
    const factorial = (number: number): number =>
      once(['factorial', number], () => (number < 2 ? 1 : number * factorial(number - 1)));
    expect(factorial(12)).toBe(479_001_600);
    expect(once(['factorial', 12], () => 0)).toBe(479_001_600);
    expect(once(['factorial', 3], () => 0)).toBe(6);
  });

  test('is not remembered where making it failed', () => {
    const { once } = memo();
    const fail = (): never => {
      throw new Error('not yet');
    };
    expect(() => once(['path'], fail)).toThrow('not yet');
    expect(once(['path'], () => 'there')).toBe('there');
  });

  test('says nothing to another memo', () => {
    const { make, times } = maker();
    memo().once(['path'], make);
    memo().once(['path'], make);
    expect(times()).toBe(2);
  });
});
