import { existsSync } from 'node:fs';
import { loadConfig } from '../../config/config.ts';
import { UserError } from '../../config/user-error.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import type { Rules } from '../../core/notification/reconcile-state.ts';
import { type Simulation, simulate, startReplay } from '../../core/notification/simulate.ts';
import { reportReader } from '../../io/reports/read-reports.ts';
import { scopesIn } from '../../io/store/scopes.ts';
import { openStore } from '../../io/store/store.ts';
import { say } from '../say.ts';
import { type ListForm, sayStructured } from '../structured.ts';
import { inTable, type TableOptions } from './mute.ts';

export interface SimulateOptions extends Omit<TableOptions, 'table'> {
  output: ListForm;
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
  if (output !== 'text') sayStructured(simulations, output);
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
  refuseNoTable(first);
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

/** What no table of DynamoDB can be called (CreateTable: 3 to 255 of these characters) is a file that is not there. */
function refuseNoTable(name: string): void {
  if (/^[\w.-]{3,255}$/.test(name) && !/\.(jsonl?|ya?ml|txt)$/.test(name)) return;
  throw new UserError(
    `there is no file ${name}; write reports with \`nlb-auditor audit --output json >> FILE\`, or give the table of findings.`,
  );
}

function linesOf({ scope, runs, from, to, messages, byNews, busiestDay, loudest }: ScopeSimulation): string {
  return [
    `${scope}: ${messages} messages in ${runs} runs, ${from ?? 'never'} to ${to ?? 'never'}`,
    ...Object.entries(byNews).map(([kind, count]) => `  ${kind}: ${count}`),
    ...(busiestDay === null ? [] : [`  busiest day: ${busiestDay.day} with ${busiestDay.messages}`]),
    ...loudest.map(({ incident, messages: count }) => `  ${count} about ${incident}`),
  ].join('\n');
}
