import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../bin/program.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { helpOf } from '../../scripts/docs/cli-page.ts';
import { codeIn, root } from './pages.ts';
import { commandsIn, wordsForNlbAuditor } from './shell.ts';

const onPages = codeIn('sh', 'console').flatMap((block) =>
  commandsIn(block).map(({ command }) => ({ command, where: block.name })),
);
const inHelp = everyCommand(buildProgram()).flatMap((command) =>
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
    expect(words.join(' ')).toMatch(new RegExp(`^${await commandFor(words)}( |$)`));
    const [name, id] = words;
    if (name === 'explain') expect(catalogue.map((check) => check.id)).toContain(id);
    if (name === 'lab' && id?.startsWith('-') === false) expect(scenarios.map((scenario) => scenario.id)).toContain(id);
  });

  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const npm = onPages.flatMap(({ command, where }) =>
    [...command.matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name = '']) => ({ name, where })),
  );
  test.each(npm)('is a script of the package: npm run $name ($where)', ({ name }) => {
    expect(Object.keys(scripts)).toContain(name);
  });
});

/** The command that the program would run; rejects what the program rejects. */
async function commandFor(words: string[]): Promise<string | undefined> {
  const program = buildProgram();
  let chosen: string | undefined;
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
    if (command.commands.length > 0) continue;
    command.action(() => {
      chosen = pathOf(command);
    });
  }
  await program.parseAsync(words, { from: 'user' });
  return chosen;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** `mute add`, without the name of the program. */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}
