import { expect, test } from 'vitest';
import { shellWord, shellWords } from '../../../core/diagnosis/fix/shell-word.ts';

const bare = { quoted: false, startsWord: true };

test.each(['--ingress', '--ipv6-cidr-block', '--matcher'])('a check may choose the option %s', (option) => {
  expect(shellWord(option, bare)).toEqual({ word: option });
});

test('a foreign value is no option', () => {
  expect(shellWord('--kubeconfig=/tmp/x', bare)).toEqual({ withheld: 'it begins with a dash, like an option' });
  expect(shellWord('-x', { quoted: false, startsWord: false })).toEqual({ word: '-x' });
});

test('JSON is quoted where nothing is quoted yet, and withheld inside of quotes', () => {
  expect(shellWord('{"a":"b c"}', bare)).toEqual({ word: `'{"a":"b c"}'` });
  expect(shellWord('{"a":1}', { quoted: true, startsWord: true })).toHaveProperty('withheld');
});

test('a list is there whole or not at all, and never longer than one value may be', () => {
  expect(shellWords(['a', 'b c'], bare)).toEqual({ word: "a 'b c'" });
  expect(shellWords(['a', '$b'], bare)).toHaveProperty('withheld');
  expect(shellWords(Array<string>(100).fill('x'.repeat(100)), bare)).toHaveProperty('withheld');
});
