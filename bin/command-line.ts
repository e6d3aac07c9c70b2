import { CommanderError } from 'commander';
import { exit } from './exit.ts';
import { sayFailure } from './failure.ts';
import { buildProgram } from './program.ts';

/** Runs the command line with the words after its name, and sets the exit code of the process. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(words, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? exit.nothingWrong : exit.usage;
    else process.exitCode = sayFailure(thrown);
  }
}
