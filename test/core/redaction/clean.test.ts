import { expect, test } from 'vitest';
import { cleaner } from '../../../core/redaction/clean.ts';

const clean = cleaner({ isIdentity: (field) => field === 'name', dropped: new Set(['copy']) });

test.each<[string, unknown, unknown]>([
  ['a secret in a sentence', { message: 'password=hunter2-x' }, { message: 'password=[redacted]' }],
  [
    'a secret that only its field names',
    { labels: { 'db-password': 'hunter2' } },
    { labels: { 'db-password': '[redacted]' } },
  ],
  ['a reference behind a prefix', { 'example.com/auth-secret': 'shop-tls' }, { 'example.com/auth-secret': 'shop-tls' }],
  ['a pair of name and value', { name: 'API_TOKEN', value: 'abc' }, { name: 'API_TOKEN', value: '[redacted]' }],
  ['a tag', { Key: 'ApiToken', Value: 'abc' }, { Key: 'ApiToken', Value: '[redacted]' }],
  ['a field that is not kept', { copy: 'anything' }, { copy: '' }],
  ['characters that act in a key', { 'a\u202eb': 1 }, { 'a\uFFFDb': 1 }],
  ['an identity that looks like a key', { name: `sk-${'shop-frontend-web-1'}` }, { name: 'sk-shop-frontend-web-1' }],
  ['numbers, flags and null', { a: 1, b: true, c: null }, { a: 1, b: true, c: null }],
])('%s', (_name, given, expected) => {
  expect(clean(given)).toEqual(expected);
  expect(clean(clean(given))).toEqual(expected);
});

test('a value that is nested without end is cut', () => {
  let nested: unknown = 'password=hunter2-x';
  for (let depth = 0; depth < 10_000; depth += 1) nested = { nested };
  expect(JSON.stringify(clean(nested))).not.toContain('hunter2');
});

test('what is no plain value stays as it is', () => {
  const time = new Date(0);
  expect(clean({ time })).toEqual({ time });
  expect(clean({ time }).time).toBe(time);
});
