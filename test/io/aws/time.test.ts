import { expect, test } from 'vitest';
import { timeOf } from '../../../io/aws/time.ts';

test.each([
  ['a date', new Date('2026-11-20T12:00:00Z'), '2026-11-20T12:00:00Z'],
  ['a date with a fraction', new Date('2026-11-20T12:00:00.250Z'), '2026-11-20T12:00:00.250Z'],
  ['the text of a Kubernetes MicroTime', '2026-11-20T12:00:00.250000Z', '2026-11-20T12:00:00.250Z'],
  ['the text of a whole second', '2026-11-20T12:00:00.000000Z', '2026-11-20T12:00:00Z'],
  ['null', null, undefined],
  ['nothing', undefined, undefined],
])('%s becomes RFC 3339 text', (_name, time, text) => {
  expect(timeOf(time)).toBe(text);
});
