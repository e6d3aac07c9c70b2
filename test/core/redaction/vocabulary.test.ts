import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { knownWords, vocabularies } from '../../../core/redaction/vocabulary.ts';

const root = new URL('../../../', import.meta.url).pathname;

describe('the words that redacted facts keep', () => {
  test.each(Object.entries(vocabularies))(
    '%s: each in lower case, once, in order, with a reason',
    (_, { why, words }) => {
      const list = words.trim().split(/\s+/);
      expect(list.filter((word) => !/^[a-z][a-z0-9]{2,}$/.test(word))).toEqual([]);
      expect(list).toEqual([...new Set(list)].toSorted());
      expect(why).toMatch(/^[A-Z].{30,}\.$/);
    },
  );

  test('each belongs to one kind', () => {
    expect(knownWords).toHaveLength(new Set(knownWords).size);
  });

  test('each stands in the code of core: what no check knows is no reason to keep a word', () => {
    const sources = globSync('core/**/*.ts', { cwd: root }).filter((path) => !/^core\/(render|redaction)\//.test(path));
    const code = sources.map((path) => readFileSync(root + path, 'utf8').toLowerCase()).join('\n');
    expect(sources.length).toBeGreaterThan(200);
    expect(knownWords.filter((word) => !code.includes(stem(word)))).toEqual([]);
  });

  test('words of people and of their business are not among them', () => {
    const theirs = `acme accident alice angelika anna bank berlin billing booking bob brandenburg campaign cart checkout clinic
      customer customers dispatch doctor employee frankfurt fraud germany hospital insurance invoice invoices jenkins loan london
      marketing mueller munich order orders partner patient patients payment payments payroll pension pharmacy police prod production
      revenue salary sales school shop smith staging student tax tenant ticket trade vendor voucher wallet warehouse`;
    expect(theirs.split(/\s+/).filter((word) => knownWords.includes(word))).toEqual([]);
  });
});

/** Checks search for the beginning of some words, in one or the other form. */
const stem = (word: string): string => word.replace(/(?:s|ed|ing|ingexception)$/, '');
