import { existsSync } from 'node:fs';
import { loadConfig } from '../../config/config.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import type { Rules } from '../../core/notification/reconcile-state.ts';
import { type Simulation, simulate, startReplay } from '../../core/notification/simulate.ts';
import { reportReader } from '../../io/reports/read-reports.ts';
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

interface ScopeSimulation extends Simulation {
  scope: string;
}

const defaults = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };

/** Replays recorded runs and prints how many messages people would have had, scope by scope. */
export async function printSimulation({ output, config, ...options }: SimulateOptions): Promise<void> {
  const { lifeCycle, noise, mutes } = config === undefined ? defaults : loadConfig(config);
  const simulations = await simulateAll(options, { lifeCycle, noise, mutes });
  if (output === 'json') sayJson(simulations);
  else say(simulations.map(linesOf).join('\n\n') || 'No run is kept.');
}

async function simulateAll(
  { history, ...options }: Omit<SimulateOptions, 'output' | 'config'>,
  rules: Rules,
): Promise<ScopeSimulation[]> {
  const [first = '', ...others] = history;
  if (others.length > 0 || existsSync(first)) {
    const reader = reportReader();
    const scopes = Map.groupBy(reader.find(history), ({ scope }) => scope);
    return [...scopes].map(([scope, found]) => ({ scope, ...simulate(found.values().map(reader.read), rules) }));
  }
  return inTable({ ...options, table: first }, async (place) => {
    const simulations: ScopeSimulation[] = [];
    for (const scope of await scopesIn(place.client, place.table)) {
      const store = openStore({ ...place, scope });
      const { mutes } = await store.remember();
      const replay = startReplay({ ...rules, mutes: [...rules.mutes, ...mutes] });
      for await (const report of store.runs()) replay.add(report);
      simulations.push({ scope, ...replay.result() });
    }
    return simulations;
  });
}

function linesOf({ scope, runs, from, to, messages, byNews, busiestDay, loudest }: ScopeSimulation): string {
  return [
    `${scope}: ${messages} messages in ${runs} runs, ${from ?? 'never'} to ${to ?? 'never'}`,
    ...Object.entries(byNews).map(([kind, count]) => `  ${kind}: ${count}`),
    ...(busiestDay === null ? [] : [`  busiest day: ${busiestDay.day} with ${busiestDay.messages}`]),
    ...loudest.map(({ incident, messages: count }) => `  ${count} about ${incident}`),
  ].join('\n');
}
