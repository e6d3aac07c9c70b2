import { CommanderError } from 'commander';
import { exit } from './exit.ts';
import { sayFailure } from './failure.ts';
import { buildProgram } from './program.ts';
import { sayAside } from './say.ts';

// Whoever reads the first lines only, as `head` does, closes the pipe. A full disk takes nothing either, and that is no cause found.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
  sayAside(
    `nlb-auditor: standard output takes no more: ${message}; see that there is room where it goes, and run again.`,
  );
  process.exit(exit.usage);
});
// What goes wrong with progress and remarks takes no report away.
process.stderr.on('error', () => {});

try {
  await buildProgram().parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? exit.nothingWrong : exit.usage;
  else process.exitCode = sayFailure(thrown);
}
