import { expect, test } from 'vitest';
import { literalsIn } from '../../scripts/words/texts.ts';
import { violationsIn } from '../../scripts/words/violations.ts';

const help = (words: string) => ({
  path: 'bin/program.ts',
  text: literalsIn('program.ts', `const nobody = 1;\ncommand(\n  'audit',\n  '${words}',\n);\n`),
});

test('a word to avoid in a help text is reported with its file, its line and what to write', () => {
  expect(violationsIn([help('name the cause and what mends it')], [])).toEqual([
    'bin/program.ts:4: "mends": write fix',
  ]);
});

test('a help text in plain words, beside a variable with such a name, passes', () => {
  expect(violationsIn([help('name the cause and how to fix it')], [])).toEqual([]);
});

test('words inside of a template are seen', () => {
  expect(literalsIn('a.ts', 'const a = `look anew`;')).toContain('anew');
});

test('a file that was edited has to leave the list of those that are still to be edited', () => {
  expect(violationsIn([help('what mends it')], ['bin/program.ts'])).toEqual([]);
  expect(violationsIn([help('how to fix it')], ['bin/program.ts', 'gone.ts'])).toEqual([
    'bin/program.ts holds none of the words: run node scripts/words.ts --write',
    'gone.ts holds none of the words: run node scripts/words.ts --write',
  ]);
});
