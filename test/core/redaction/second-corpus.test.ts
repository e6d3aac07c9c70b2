import { expect, test } from 'vitest';
import { redactSecrets } from '../../../core/redaction/redact-secrets.ts';
import {
  fourthInnocent,
  fourthSecrets,
  secondInnocent,
  secondSecrets,
  thirdInnocent,
  thirdSecrets,
} from './second-corpus.ts';

/** True where at least eight characters of the secret in a row are left. */
const holdsPart = (text: string, secret: string): boolean =>
  Array.from({ length: Math.max(1, secret.length - 7) }, (_, index) => secret.slice(index, index + 8)).some((part) =>
    text.includes(part),
  );

test('the second corpus is large', () => {
  expect(secondSecrets.length).toBeGreaterThanOrEqual(300);
  expect(new Set(secondSecrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(100);
  expect(secondSecrets.every(({ secrets }) => secrets.length > 0)).toBe(true);
  expect(secondInnocent.length).toBeGreaterThanOrEqual(300);
});

test('the third corpus is large', () => {
  expect(thirdSecrets.length).toBeGreaterThanOrEqual(300);
  expect(new Set(thirdSecrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(100);
  expect(thirdSecrets.every(({ secrets }) => secrets.length > 0)).toBe(true);
  expect(thirdInnocent.length).toBeGreaterThanOrEqual(150);
});

test('the fourth corpus is large', () => {
  expect(new Set(fourthSecrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(100);
  expect(fourthSecrets.every(({ secrets }) => secrets.length > 0)).toBe(true);
  expect(fourthInnocent.length).toBeGreaterThanOrEqual(100);
});

const secrets = { second: secondSecrets, third: thirdSecrets, fourth: fourthSecrets };
const innocent = { second: secondInnocent, third: thirdInnocent, fourth: fourthInnocent };

test.each(['second', 'third', 'fourth'] as const)('at least 98 of 100 secrets of the %s corpus are gone', (name) => {
  const left = secrets[name].filter((each) => each.secrets.some((one) => holdsPart(redactSecrets(each.text), one)));
  expect(left.length / secrets[name].length, JSON.stringify(left, null, 1)).toBeLessThanOrEqual(0.02);
});

test.each(['second', 'third', 'fourth'] as const)(
  'at most 2 of 100 innocent lines of the %s corpus are touched',
  (name) => {
    const touched = innocent[name].filter((line) => redactSecrets(line) !== line);
    const shown = touched.map((line) => [line, redactSecrets(line)]);
    expect(touched.length / innocent[name].length, JSON.stringify(shown, null, 1)).toBeLessThanOrEqual(0.02);
  },
);
