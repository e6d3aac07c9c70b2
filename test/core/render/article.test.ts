import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { article } from '../../../core/render/pages/article.ts';
import { renderArticlePage } from '../../../core/render/pages/article-page.ts';

const ids = new Set(catalogue.map(({ id }) => id));

test.each(article)('lines $lines name only checks that exist, each once', ({ checks }) => {
  expect(checks.filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(checks).size).toBe(checks.length);
});

test('the entries go through the article from its first line to its last', () => {
  const first = article.map(({ lines }) => Number(/^\d+/.exec(lines)?.[0]));
  expect(first[0]).toBe(1);
  expect(Math.max(...article.flatMap(({ lines }) => lines.split(/[–, ]+/).map(Number)))).toBe(167);
  expect(article.every(({ lines }) => /^\d+([–,] ?\d+)*$/.test(lines))).toBe(true);
});

test('every entry says what the article says and what is true today', () => {
  expect(article.filter(({ says, today }) => says === '' || today === '')).toEqual([]);
});

test('docs/article.md is what the entries say', () => {
  expect(readFileSync('docs/article.md', 'utf8')).toBe(renderArticlePage(article));
});
