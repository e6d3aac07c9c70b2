import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { catalogue } from '../../core/catalogue.ts';
import { runCli } from './run-cli.ts';

const { stdout: script } = await runCli(['completion', 'bash']);

/** What bash offers at the end of this line. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const ask = `${script}
COMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')})
COMP_CWORD=${words.length - 1}
_nlb_auditor
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

test.each([
  ['nlb-auditor ex', ['examine', 'explain']],
  ['nlb-auditor gate --ti', ['--timeout']],
  ['nlb-auditor audit --output j', ['json', 'junit']],
  ['nlb-auditor audit -o sa', ['sarif']],
  ['nlb-auditor audit --severity h', ['high']],
  ['nlb-auditor explain pod-cr', ['pod-crashloop']],
  ['nlb-auditor completion z', ['zsh']],
  ['nlb-auditor audit --save-facts ', []],
])('bash completes %s', (line, words) => {
  expect(offered(line)).toEqual(words);
});

test.each(['zsh', 'fish'])('%s knows every command and every check', async (shell) => {
  const { stdout, code } = await runCli(['completion', shell]);
  for (const { id } of catalogue) expect(stdout).toContain(id);
  for (const command of ['audit', 'gate', 'collect', 'examine', 'doctor', 'lab']) expect(stdout).toContain(command);
  expect(code).toBe(0);
});
