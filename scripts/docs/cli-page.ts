import type { Command } from 'commander';
import { buildProgram } from '../../bin/program.ts';

/** The text of `docs/cli.md`: what the program says of itself and of each command. */
export function renderCliPage(): string {
  const program = buildProgram();
  return [
    '# Command line',
    '',
    'Generated from what `nlb-auditor --help` says. In a clone `npm run -s cli --` stands for `nlb-auditor`.',
    '',
    ...block(program),
    ...program.commands.flatMap((command) => [
      '',
      `## ${command.name()}`,
      ...[command, ...command.commands].flatMap((each) => ['', ...block(each)]),
    ]),
    '',
  ].join('\n');
}

const block = (command: Command): string[] => ['```text', helpOf(command).trim(), '```'];

/** With examples, as wide as a page. */
export function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}
