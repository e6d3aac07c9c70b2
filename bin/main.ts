import { runCommandLine } from './command-line.ts';
import { exit } from './exit.ts';
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

await runCommandLine(process.argv.slice(2));
