/** Heals one scenario after another, as it is told by the process that started it: the address of its lab and the program come first. */
import { nameOfScenario, withVariants } from '../../lab/scenario.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { healScenario } from './heal-scenario.ts';

const [network = '', program = ''] = process.argv.slice(2);
const byName = new Map(withVariants(scenarios).map((scenario) => [nameOfScenario(scenario), scenario]));

process.on('message', async (name: string) => {
  const scenario = byName.get(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  process.send?.({ name, outcomes: await healScenario(scenario, { program, network }) });
});
