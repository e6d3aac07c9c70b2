import { expect, test } from 'vitest';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { runCli } from './run-cli.ts';

test.each(['bash', 'zsh', 'fish'])('%s knows every command and every check', async (shell) => {
  const { stdout, code } = await runCli(['completion', shell]);
  for (const { id } of catalogue) expect(stdout).toContain(id);
  for (const command of ['audit', 'gate', 'collect', 'examine', 'doctor', 'lab']) expect(stdout).toContain(command);
  expect(code).toBe(0);
});
