import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../bin/run-cli.ts';
import { findEngine } from '../engines/bash.ts';

describe.skipIf(!findEngine().found)('bash', () => {
  let script = '';
  beforeAll(async () => {
    ({ stdout: script } = await runCli(['completion', 'bash']));
  });

  test.each([
    ['nlb-auditor ex', ['examine', 'explain']],
    ['nlb-auditor gate --ti', ['--timeout']],
    ['nlb-auditor audit --output j', ['json', 'junit']],
    ['nlb-auditor audit -o sa', ['sarif']],
    ['nlb-auditor audit --severity h', ['high']],
    ['nlb-auditor explain pod-cr', ['pod-crashloop']],
    ['nlb-auditor completion z', ['zsh']],
    ['nlb-auditor audit --save-facts ', []],
  ])('completes %s', (line, words) => {
    expect(offered(line)).toEqual(words);
  });

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
});
