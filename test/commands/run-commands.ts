import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command did that was pasted into a shell in which the programs it may call are stubs. */
export interface Ran {
  /** The words of every call of a stub, in order; what it read for `-` comes last. */
  calls: string[][];
  /** Names of files that are in its folder afterwards; there are none when the command does what it should. */
  files: string[];
}

const stubs = ['aws', 'kubectl', 'helm', 'curl', 'nlb-auditor'];
/** Programs that are as they are, `touch` for the injections. */
const real = ['touch', 'cat', 'sed', 'awk', 'date', 'sleep', 'true', 'false'];

const stub = `#!/bin/sh
for word in "\${0##*/}" "$@"; do command printf '%s\\037' "$word"; done >>"$CALLS"
case "$*" in *' -') cat; command printf '\\037' ;; esac >>"$CALLS"
command printf '\\036' >>"$CALLS"
`;

/** Runs each command in a shell of its own, each in an empty folder of its own. */
export function runCommands(shell: string, commands: readonly string[]): Ran[] {
  const home = mkdtempSync(join(tmpdir(), 'commands-'));
  try {
    const bin = prepareBin(home);
    commands.forEach((command, index) => {
      mkdirSync(join(home, `${index}`));
      writeFileSync(join(home, `${index}.sh`), `${command}\n`);
    });
    const script = `PATH="${bin}"
n=0
while [ "$n" -lt ${commands.length} ]; do
  (cd "${home}/$n" && CALLS="${home}/$n.calls" && export CALLS && . "${home}/$n.sh")
  n=$((n + 1))
done`;
    const { error } = spawnSync(shell, ['-c', script], {
      env: { PATH: process.env['PATH'], HOME: home },
      stdio: 'ignore',
      timeout: 120_000,
    });
    if (error !== undefined) throw error;
    return commands.map((_, index) => ({
      calls: callsIn(join(home, `${index}.calls`)),
      files: readdirSync(join(home, `${index}`)),
    }));
  } finally {
    rmSync(home, { recursive: true });
  }
}

function prepareBin(home: string): string {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const name of stubs) writeFileSync(join(bin, name), stub, { mode: 0o755 });
  for (const name of real) {
    const program = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (program !== undefined) symlinkSync(program, join(bin, name));
  }
  return bin;
}

const callsIn = (file: string): string[][] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\u001e')
        .slice(0, -1)
        .map((call) => call.split('\u001f').slice(0, -1))
    : [];
