import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { UserError } from '../config/user-error.ts';
import { misconfiguration } from '../io/misconfiguration.ts';
import { exit } from './exit.ts';
import { buildProgram } from './program.ts';
import { sayAside } from './say.ts';

// Whoever reads the first lines only, as `head` does, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await buildProgram().parseAsync();
} catch (thrown) {
  const error = misconfiguration(thrown) ?? thrown;
  if (error instanceof UserError) {
    sayAside(`nlb-auditor: ${error.message}`);
    process.exitCode = exit.usage;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exit.nothingWrong : exit.usage;
  } else {
    sayAside('nlb-auditor: this is a bug, please report it with the lines below');
    sayAside(inspect(error));
    process.exitCode = exit.bug;
  }
}
