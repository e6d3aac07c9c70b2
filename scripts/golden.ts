/** Rewrites test/golden/<id>.json from what the product reports of each scenario and its variants; `npm run golden -- <id>…` only of these. */
import { writeFileSync } from 'node:fs';
import { nameOfScenario, withVariants } from '../lab/scenario.ts';
import { scenarios } from '../lab/scenarios.ts';
import { auditWorld, thisSecond } from '../test/scenarios/audit-world.ts';
import { goldenOf, goldenPath } from '../test/scenarios/golden.ts';

const wanted = process.argv.slice(2);
for (const id of wanted) {
  if (!scenarios.some((scenario) => scenario.id === id)) throw new Error(`there is no scenario ${id}`);
}
for (const scenario of withVariants(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(scenario.id)) continue;
  const { report } = await auditWorld(scenario.build({ now: thisSecond() }));
  writeFileSync(goldenPath(scenario), goldenOf(report));
  console.log(
    `${nameOfScenario(scenario)}: ${report.diagnoses.map(({ verdict, cause }) => `${verdict} ${cause}`).join(', ') || 'nothing wrong'}`,
  );
}
