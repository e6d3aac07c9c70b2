import { UserError } from '../../config/user-error.ts';
import { say, sayAside } from '../say.ts';
import { suggest } from '../suggest.ts';

export interface LabOptions {
  /** First two octets of every address of the lab. */
  network?: string;
}

/** Serves a scenario, or the demo account, until the process is interrupted; prints the environment that points at it. */
export async function lab(id: string | undefined, { network }: LabOptions): Promise<void> {
  const [{ startLab }, { scenarios }, { demoWorld }] = await Promise.all([
    import('../../lab/start.ts'),
    import('../../lab/scenarios.ts'),
    import('../../lab/demo.ts'),
  ]);
  const build = { now: new Date().toISOString(), ...(network !== undefined && { network }) };
  const scenario = scenarios.find((each) => each.id === id);
  if (id !== undefined && scenario === undefined) {
    const ids = scenarios.map((each) => each.id);
    throw new UserError(`there is no scenario "${id}".${suggest(id, ids)} There are ${ids.join(', ')}.`);
  }

  const running = await startLab(scenario?.build(build) ?? demoWorld(build)).catch((error: Error) => {
    if (!isAddressTrouble(error)) throw error;
    throw new UserError(`${error.message} Another network: --network 127.21.`, { cause: error });
  });
  say(
    Object.entries(running.env)
      .map(([name, value]) => `export ${name}=${value || "''"}`)
      .join('\n'),
  );
  sayAside(
    `\nServing ${scenario?.title ?? 'an account with two clusters'}. Put these lines into another shell, then run nlb-auditor audit.`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await running.close();
}

const isAddressTrouble = ({ cause }: Error): boolean =>
  cause instanceof Error && 'code' in cause && /^(EADDR|EACCES)/.test(String(cause.code));
