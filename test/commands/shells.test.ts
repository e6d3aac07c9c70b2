import { describe } from 'vitest';
import { expectCommandsToBeSafeIn } from './shell-properties.ts';

// All of it, and in dash and zsh too: test/conformance.
describe.each(['sh', 'bash'])('commands in %s', (shell) => {
  expectCommandsToBeSafeIn(shell, { numRuns: 200, turns: 10 });
});
