import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../bin/program.ts';
import { catalogue } from '../../core/catalogue.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { helpOf } from '../../scripts/cli-page.ts';
import { codeIn, root } from './pages.ts';
import { commandsIn, wordsForNlbAuditor } from './shell.ts';

const onPages = codeIn('sh', 'console').flatMap((block) =>
  commandsIn(block).map(({ command }) => ({ command, where: block.name })),
);
const inHelp = buildProgram().commands.flatMap((command) =>
  [...helpOf(command).matchAll(/^ {2}(nlb-auditor .*?)(?: {3,}.*)?$/gm)].map(([, example = '']) => ({
    command: example.replace(/ [|>] .*/, ''),
    where: `the help of ${command.name()}`,
  })),
);
const ours = [...onPages, ...inHelp].flatMap(({ command, where }) => {
  const words = wordsForNlbAuditor(command);
  return words === undefined ? [] : [{ command, where, words }];
});

describe('a command that is shown', () => {
  test('is there', () => {
    expect(onPages.length).toBeGreaterThan(20);
    expect(inHelp.length).toBeGreaterThan(10);
  });

  test.each(ours)('is one that nlb-auditor takes: $command ($where)', async ({ words }) => {
    const { meant, given } = await parse(words);
    expect(given).toBe(meant);
    const [name, id] = words;
    if (name === 'explain') expect(catalogue.map((check) => check.id)).toContain(id);
    if (name === 'lab' && id !== undefined) expect(scenarios.map((scenario) => scenario.id)).toContain(id);
  });

  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const npm = onPages.flatMap(({ command, where }) =>
    [...command.matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name = '']) => ({ name, where })),
  );
  test.each(npm)('is a script of the package: npm run $name ($where)', ({ name }) => {
    expect(Object.keys(scripts)).toContain(name);
  });
});

/** Which command is named, and which one the program would run; rejects what the program rejects. */
async function parse(words: string[]): Promise<{ meant: string | undefined; given: string | undefined }> {
  const program = buildProgram();
  let given: string | undefined;
  const note = (command: Command, name: string): void => {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
    command.action(() => {
      given = name;
    });
    for (const part of command.commands) note(part, name);
  };
  for (const command of program.commands) note(command, command.name());
  await program.parseAsync(words, { from: 'user' });
  return { meant: words[0], given };
}
