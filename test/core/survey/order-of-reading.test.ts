import { describe, expect, test } from 'vitest';
import { orderOfReading } from '../../../core/survey/order-of-reading.ts';
import type { LastReading } from '../../../core/survey/survey-memory.ts';

const at = (minute: number): string => `2026-11-20T12:${String(minute).padStart(2, '0')}:00.000Z`;
const healthy = (minute: number): LastReading => ({ at: at(minute), healthy: 3, total: 3 });
const failing = (minute: number): LastReading => ({ at: at(minute), healthy: 1, total: 3 });

describe('the order of reading', () => {
  test('is what fails or is suspected, then what was never read, then the oldest reading', () => {
    const readings = new Map([
      ['young', healthy(9)],
      ['old', healthy(1)],
      ['fails', failing(8)],
      ['suspected', healthy(5)],
    ]);
    const arns = ['young', 'new', 'old', 'suspected', 'fails'];
    expect(orderOfReading(arns, { readings, urgent: new Set(['suspected']) })).toEqual([
      'suspected',
      'fails',
      'new',
      'old',
      'young',
    ]);
  });

  test('is that of the listing where nothing is known', () => {
    expect(orderOfReading(['c', 'a', 'b'], { readings: new Map() })).toEqual(['c', 'a', 'b']);
  });

  test('has every fourth place for what does not fail, so that a lasting outage keeps nothing from being read', () => {
    const arns = Array.from({ length: 40 }, (_, index) => `group-${index}`);
    const readings = new Map(arns.slice(0, 30).map((arn) => [arn, failing(1)]));
    const first = orderOfReading(arns, { readings }).slice(0, 20);
    expect(first.filter((arn) => !readings.has(arn))).toHaveLength(5);
  });

  test('brings 3,000 groups round in three runs of 1,000 while each that fails is read at every one', () => {
    const arns = Array.from({ length: 3000 }, (_, index) => `group-${index}`);
    const failingOnes = arns.filter((_, index) => index % 30 === 0);
    const readings = new Map<string, LastReading>();
    const read = (run: number): string[] => {
      const turn = orderOfReading(arns, { readings }).slice(0, 1000);
      for (const arn of turn) readings.set(arn, failingOnes.includes(arn) ? failing(run) : healthy(run));
      return turn;
    };
    const known: string[] = [];
    for (let run = 1; run <= 8; run += 1) {
      const turn = new Set(read(run));
      expect(known.filter((arn) => !turn.has(arn))).toEqual([]);
      known.splice(0, known.length, ...failingOnes.filter((arn) => readings.has(arn)));
      if (run >= 4) {
        const oldest = Math.min(...[...readings.values()].map((reading) => Number(reading.at.slice(14, 16))));
        expect(run - oldest).toBeLessThanOrEqual(3);
      }
    }
    expect(readings.size).toBe(3000);
    expect(known).toHaveLength(100);
  });
});
