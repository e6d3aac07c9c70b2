/** Writes so many runs of a stand-in account into one file, as `audit --output json >> FILE` does. */
import { appendFileSync } from 'node:fs';
import { assess } from '../../../core/diagnosis/assess.ts';
import { renderJson } from '../../../core/render/machine/json.ts';
import { standInAccount } from '../stand-in/account.ts';

const [path = '', shape = '{}', runs = '1'] = process.argv.slice(2);
const { inventory, facts } = standInAccount(JSON.parse(shape));
const at = inventory.takenAt;
const run = { id: 'bench', startedAt: at, finishedAt: at, apiCalls: {}, throttles: 0, waitedMs: 0 };
const { report } = assess({ run, inventory, facts });
for (let index = 0; index < Number(runs); index++) {
  const finishedAt = new Date(Date.parse(at) + index * 300_000).toISOString();
  appendFileSync(path, `${renderJson({ ...report, run: { ...report.run, id: finishedAt, finishedAt } })}\n`);
}
console.log(JSON.stringify({ groups: report.groups.length, diagnoses: report.diagnoses.length }));
