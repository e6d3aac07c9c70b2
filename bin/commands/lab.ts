import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../config/user-error.ts';
import { say, sayAside, sayList } from '../say.ts';
import { suggest } from '../suggest.ts';

export interface LabOptions {
  /** First two octets of every address of the lab. */
  network?: string;
  /** Prints the scenarios in place of serving one. */
  list?: boolean;
}

/** Serves a scenario, or the demo account, until the process is interrupted; prints the environment that points at it. */
export async function lab(id: string | undefined, { network, list = false }: LabOptions): Promise<void> {
  const [{ startLab }, { scenarios }, { demoWorld }] = await Promise.all([
    import('../../lab/start.ts'),
    import('../../lab/scenarios.ts'),
    import('../../lab/demo.ts'),
  ]);
  const build = { now: new Date().toISOString(), ...(network !== undefined && { network }) };
  if (list) return sayList(scenarios.map(({ id, title }) => [id, title]));
  const scenario = scenarios.find((each) => each.id === id);
  if (id !== undefined && scenario === undefined) {
    const ids = scenarios.map((each) => each.id);
    throw new UserError(`there is no scenario "${id}".${suggest(id, ids)} \`nlb-auditor lab --list\` lists them all.`);
  }

  const clock = (): string => new Date().toISOString();
  const running = await startLab(scenario?.build(build) ?? demoWorld(build), { clock }).catch((error: Error) => {
    if (!isAddressTrouble(error)) throw error;
    throw new UserError(`${error.message} Another network: --network 127.21.`, { cause: error });
  });
  const folder = await mkdtemp(join(tmpdir(), 'nlb-auditor-lab-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, running.kubeconfig, { mode: 0o600 });
  say(
    Object.entries({ ...running.env, KUBECONFIG: kubeconfig })
      .map(([name, value]) => `export ${name}=${value || "''"}`)
      .join('\n'),
  );
  sayAside(
    `\nServing ${scenario?.title ?? 'an account with two clusters'}. Put these lines into another shell, then run nlb-auditor audit, paste a fix, and run it again.`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await running.close();
  await rm(folder, { recursive: true });
}

const isAddressTrouble = ({ cause }: Error): boolean =>
  cause instanceof Error && 'code' in cause && /^(EADDR|EACCES)/.test(String(cause.code));
