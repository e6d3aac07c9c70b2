import { UserError } from '../io/user-error.ts';

/** Serves a scenario, or the demo account, until the process is interrupted; prints the environment that points at it. */
export async function lab(id?: string): Promise<void> {
  const [{ startLab }, { scenarios }, { demoWorld }] = await Promise.all([
    import('../lab/start.ts'),
    import('../lab/scenarios.ts'),
    import('../lab/demo.ts'),
  ]);
  const now = new Date().toISOString();
  const scenario = scenarios.find((each) => each.id === id);
  if (id !== undefined && scenario === undefined) {
    throw new UserError(`there is no scenario "${id}"; there are ${scenarios.map((each) => each.id).join(', ')}.`);
  }

  const running = await startLab(scenario?.build({ now }) ?? demoWorld({ now }));
  console.log(
    Object.entries(running.env)
      .map(([name, value]) => `export ${name}=${value || "''"}`)
      .join('\n'),
  );
  process.stderr.write(
    `\nServing ${scenario?.title ?? 'an account with two clusters'}. Put these lines into another shell, then run nlb-auditor audit.\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await running.close();
}
