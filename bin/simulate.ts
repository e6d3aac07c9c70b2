import { defaultLifeCycle } from '../core/life-cycle-rules.ts';
import { defaultNoise } from '../core/noise-rules.ts';
import { type Simulation, simulate } from '../core/simulate.ts';
import { loadConfig } from '../io/config.ts';
import { scopesIn } from '../io/store/scopes.ts';
import { openStore } from '../io/store/store.ts';
import { inTable, type TableOptions } from './mute.ts';

export interface SimulateOptions extends TableOptions {
  output: 'text' | 'json';
  /** Configuration file whose life cycle, noise and mutes are tried. */
  config?: string;
}

const defaults = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };

/** Replays the runs that the table keeps and prints how many messages people would have had, scope by scope. */
export function printSimulation({ output, config, ...options }: SimulateOptions) {
  const { lifeCycle, noise, mutes: configured } = config === undefined ? defaults : loadConfig(config);
  return inTable(options, async ({ client, table }) => {
    const scopes = await scopesIn(client, table);
    const simulations = await Promise.all(
      scopes.map(async (scope) => {
        const store = openStore({ client, table, scope });
        const [{ mutes }, reports] = await Promise.all([store.remember(), store.runs()]);
        return { scope, ...simulate(reports, { lifeCycle, noise, mutes: [...configured, ...mutes] }) };
      }),
    );
    if (output === 'json') return console.log(JSON.stringify(simulations, null, 2));
    console.log(simulations.map(say).join('\n\n') || 'No run is kept.');
  });
}

function say({ scope, runs, from, to, messages, byNews, busiestDay, loudest }: Simulation & { scope: string }): string {
  return [
    `${scope}: ${messages} messages in ${runs} runs, ${from ?? 'never'} to ${to ?? 'never'}`,
    ...Object.entries(byNews).map(([news, count]) => `  ${news}: ${count}`),
    ...(busiestDay === null ? [] : [`  busiest day: ${busiestDay.day} with ${busiestDay.messages}`]),
    ...loudest.map(({ incident, messages: count }) => `  ${count} about ${incident}`),
  ].join('\n');
}
