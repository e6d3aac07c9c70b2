import { expect, test } from 'vitest';
import { literalsIn, textsOf } from '../../scripts/words/texts.ts';
import { violationsIn } from '../../scripts/words/violations.ts';

const help = (words: string) => ({
  path: 'bin/program.ts',
  text: literalsIn('program.ts', `const nobody = 1;\ncommand(\n  'audit',\n  '${words}',\n);\n`),
});

test('a word to avoid in a help text is reported with its file, its line and what to write', () => {
  expect(violationsIn([help('name the cause and what mends it')])).toEqual(['bin/program.ts:4: "mends": write fix']);
});

test('a help text in plain words, beside a variable with such a name, passes', () => {
  expect(violationsIn([help('name the cause and how to fix it')])).toEqual([]);
});

test('words inside of a template are seen', () => {
  expect(literalsIn('a.ts', 'const a = `look anew`;')).toContain('anew');
});

test('every text of the project is read: help, checks, pages, messages and alarms', () => {
  const paths = textsOf(new URL('../..', import.meta.url).pathname).map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'README.md',
      'docs/operations.md',
      'bin/program.ts',
      'core/checks/workload/pod-crashloop.ts',
      'core/render/message/slack.ts',
      'lib/monitoring/notifier-alarms.ts',
    ]),
  );
});
