import { CommanderError } from 'commander';
import { exit } from './exit.ts';
import { sayFailure } from './failure.ts';
import { buildProgram } from './program.ts';

// Whoever reads the first lines only, as `head` does, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await buildProgram().parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? exit.nothingWrong : exit.usage;
  else process.exitCode = sayFailure(thrown);
}
