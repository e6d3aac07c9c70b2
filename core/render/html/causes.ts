import type { Diagnosis } from '../../diagnosis.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Which causes there are and how often, where there are too many diagnoses to scroll through. */
export function tableOfCauses(diagnoses: { diagnosis: Diagnosis; address: string }[]): Markup {
  const byCause = Map.groupBy(diagnoses, ({ diagnosis }) => diagnosis.cause);
  if (diagnoses.length < 4 || byCause.size === diagnoses.length) return nothing;
  const rows = [...byCause]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([cause, alike]) => {
      const [first] = alike;
      const targets = alike.reduce((sum, { diagnosis }) => sum + diagnosis.targets.length, 0);
      return first === undefined
        ? nothing
        : markup`<tr><td><a href="#${first.address}">${first.diagnosis.title}</a> <code>${cause ?? 'unexplained'}</code></td><td>${alike.length}</td><td>${targets}</td></tr>`;
    });
  return markup`<div class="wide"><table><thead><tr><th scope="col">Cause</th><th scope="col">Times</th><th scope="col">Targets</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
