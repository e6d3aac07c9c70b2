import { expect, test } from 'vitest';
import { redactSecrets } from '../../../core/redaction/redact-secrets.ts';
import { secondInnocent, secondSecrets } from './second-corpus.ts';

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

test('at least 98 of 100 secrets of the second corpus are gone', () => {
  const left = secondSecrets.filter(({ text, secrets }) =>
    secrets.some((secret) => holdsPart(redactSecrets(text), secret)),
  );
  expect(left.length / secondSecrets.length, JSON.stringify(left, null, 1)).toBeLessThanOrEqual(0.02);
});

test('at most 2 of 100 innocent lines of the second corpus are touched', () => {
  const touched = secondInnocent.filter((line) => redactSecrets(line) !== line);
  const shown = touched.map((line) => [line, redactSecrets(line)]);
  expect(touched.length / secondInnocent.length, JSON.stringify(shown, null, 1)).toBeLessThanOrEqual(0.02);
});
