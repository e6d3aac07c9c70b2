import { existsSync } from 'node:fs';
import { loadConfig } from '../../config/config.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import type { Report } from '../../core/model/report.ts';
import type { Mute } from '../../core/notification/mute.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import { type Simulation, simulate } from '../../core/notification/simulate.ts';
import { readReports } from '../../io/reports/read-reports.ts';
import { scopesIn } from '../../io/store/scopes.ts';
import { openStore } from '../../io/store/store.ts';
import { say, sayJson } from '../say.ts';
import { inTable, type TableOptions } from './mute.ts';

export interface SimulateOptions extends Omit<TableOptions, 'table'> {
  output: 'text' | 'json';
  /** Files of reports, or the table of findings. */
  history: string[];
  /** Configuration file whose life cycle, noise and mutes are tried. */
  config?: string;
}

/** The runs of one scope, the oldest first. */
interface Runs {
  scope: string;
  reports: Report[];
  mutes: Mute[];
}

const defaults = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };

/** Replays recorded runs and prints how many messages people would have had, scope by scope. */
export async function printSimulation({ output, config, ...options }: SimulateOptions): Promise<void> {
  const { lifeCycle, noise, mutes: configured } = config === undefined ? defaults : loadConfig(config);
  const simulations = (await runsOf(options)).map(({ scope, reports, mutes }) => ({
    scope,
    ...simulate(reports, { lifeCycle, noise, mutes: [...configured, ...mutes] }),
  }));
  if (output === 'json') sayJson(simulations);
  else say(simulations.map(linesOf).join('\n\n') || 'No run is kept.');
}

async function runsOf({ history, ...options }: Omit<SimulateOptions, 'output' | 'config'>): Promise<Runs[]> {
  const [first = '', ...others] = history;
  if (others.length > 0 || existsSync(first)) {
    const scopes = Map.groupBy(readReports(history), ({ run }) => `${run.account}/${run.region}`);
    return [...scopes].map(([scope, reports]) => ({ scope, reports, mutes: [] }));
  }
  return inTable({ ...options, table: first }, async ({ client, table }) =>
    Promise.all(
      (await scopesIn(client, table)).map(async (scope) => {
        const store = openStore({ client, table, scope });
        const [{ mutes }, reports] = await Promise.all([store.remember(), store.runs()]);
        return { scope, reports, mutes };
      }),
    ),
  );
}

function linesOf({
  scope,
  runs,
  from,
  to,
  messages,
  byNews,
  busiestDay,
  loudest,
}: Simulation & { scope: string }): string {
  return [
    `${scope}: ${messages} messages in ${runs} runs, ${from ?? 'never'} to ${to ?? 'never'}`,
    ...Object.entries(byNews).map(([news, count]) => `  ${news}: ${count}`),
    ...(busiestDay === null ? [] : [`  busiest day: ${busiestDay.day} with ${busiestDay.messages}`]),
    ...loudest.map(({ incident, messages: count }) => `  ${count} about ${incident}`),
  ].join('\n');
}
