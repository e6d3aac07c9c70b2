import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { Lab } from '../../lab/lab.ts';

/** Runs the first printed command of a diagnosis's fix in a shell, with kubectl on the lab; false where this machine has no kubectl. */
export async function pasteFix(lab: Lab, { fix }: Pick<Diagnosis, 'fix'>): Promise<boolean> {
  const command = fix.find((step) => step.command?.startsWith('kubectl '))?.command;
  if (command === undefined) throw new Error('the fix has no command of kubectl');
  console.log(`$ ${command}`);
  if (spawnSync('kubectl', ['version', '--client']).status !== 0) return false;
  const home = await mkdtemp(join(tmpdir(), 'demo-'));
  const kubeconfig = join(home, 'config');
  try {
    await writeFile(kubeconfig, lab.kubeconfig);
    const env = { ...process.env, ...lab.env, HOME: home, KUBECONFIG: kubeconfig };
    const [code] = await once(
      spawn('/bin/sh', ['-c', command], { env, stdio: ['ignore', 'inherit', 'inherit'] }),
      'exit',
    );
    if (code !== 0) throw new Error(`the command ended with ${code}`);
    return true;
  } finally {
    await rm(home, { recursive: true });
  }
}
