import { expect, test } from 'vitest';
import { redactSecrets, secretRules } from '../../../core/redaction/redact-secrets.ts';
import { tokenFormats } from '../../../core/redaction/token-formats.ts';
import { hardInnocent, innocent } from './innocent-corpus.ts';
import { secrets } from './secret-corpus.ts';
import { written } from './written.ts';

test('the corpora are large', () => {
  expect(secrets.length).toBeGreaterThanOrEqual(300);
  expect(new Set(secrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(100);
  expect(innocent.length).toBeGreaterThanOrEqual(300);
});

/** True where at least eight characters of the secret in a row are left. */
const holdsPart = (text: string, secret: string): boolean =>
  Array.from({ length: secret.length - 7 }, (_, index) => secret.slice(index, index + 8)).some((part) =>
    text.includes(part),
  );

test('at least 98 of 100 secrets are gone', () => {
  const left = secrets.filter(({ text, secret }) => holdsPart(redactSecrets(text), secret));
  expect(left.length / secrets.length, JSON.stringify(left, null, 1)).toBeLessThanOrEqual(0.02);
});

test.each([
  ['all', innocent],
  ['hard', hardInnocent],
] as const)('at most 2 of 100 innocent lines are touched: %s', (_, lines) => {
  const touched = lines.filter((line) => redactSecrets(line) !== line);
  const shown = touched.map((line) => [line, redactSecrets(line)]);
  expect(touched.length / lines.length, JSON.stringify(shown, null, 1)).toBeLessThanOrEqual(0.02);
});

test('what is redacted stays as it is', () => {
  for (const { text } of secrets) {
    const once = redactSecrets(text);
    expect(redactSecrets(once)).toBe(once);
  }
});

test.each(tokenFormats)('an example of $kind is found as a whole', ({ example }) => {
  expect(redactSecrets(`using ${written(example, 1)} today`)).toMatch(
    /^using (?:bot|https:\/\/logs-01\.loggly\.com\/inputs\/|https:\/\/chat\.example\.com\/hooks\/|https:\/\/collectors\.sumologic\.com\/receiver\/v1\/http\/|\$ANSIBLE_VAULT;1\.1;AES256 )?\[redacted\](?:\/tag\/http\/)? today$/,
  );
});

test.each(secretRules.flatMap(({ kind, examples }) => examples.map(([text, redacted]) => ({ kind, text, redacted }))))(
  '$kind: $redacted',
  ({ text, redacted }) => {
    expect(redactSecrets(text)).toBe(redacted);
  },
);

test('the rules name no kind twice', () => {
  const kinds = [...tokenFormats, ...secretRules].map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)]);
});
