import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../../lab/lab.ts';

/** What became of a command. */
export interface Ran {
  status: number;
  output: string;
}

/** A shell in which printed text is run as a person pastes it: with the AWS CLI and kubectl of this machine against the lab. */
export interface Shell {
  /** `edit` is what a person does in the editor that the text opens: a replacement as sed has it. */
  run(text: string, edit?: string): Promise<Ran>;
  close(): Promise<void>;
}

/** Milliseconds after which a command has waited in vain. */
const patienceMs = 240_000;

/** Opens a shell on a lab; `program` is the bundled command line, which looks once: after a pause its time would be over. */
export async function openShell(lab: Lab, program: string): Promise<Shell> {
  const home = await mkdtemp(join(tmpdir(), 'heal-'));
  const own = join(home, 'nlb-auditor');
  await writeFile(
    own,
    `#!/bin/sh\nexec ${process.execPath} ${program} "$@" --timeout 60s --interval 60s --calls-per-second 1000\n`,
  );
  await chmod(own, 0o755);
  const kubeconfig = join(home, 'config');
  const { PATH = '' } = process.env;
  const editor = join(home, 'editor');
  const env = { ...lab.env, HOME: home, KUBECONFIG: kubeconfig, KUBE_EDITOR: editor, PATH: `${home}:${PATH}` };
  return {
    async run(text, edit = '') {
      await writeFile(editor, `#!/bin/sh\nexec sed -i -E -e '${edit}' "$1"\n`, { mode: 0o755 });
      await writeFile(kubeconfig, lab.kubeconfig);
      // A wait of the AWS CLI has looked more than once by then, also on a busy machine.
      const limit = text.startsWith('aws elbv2 wait ') ? 45_000 : patienceMs;
      const child = spawn('/bin/bash', ['-c', text], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit });
      const output: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
      const [code] = await once(child, 'close');
      return { status: typeof code === 'number' ? code : 124, output: Buffer.concat(output).toString() };
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
}
