import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assess } from '../../core/diagnosis/assess.ts';
import { readFacts } from '../../io/reports/facts-file.ts';
import { expected } from './expected.ts';

const suffix = '.facts.json';
const incidents = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(suffix))
  .map((name) => name.slice(0, -suffix.length));

test('every facts file has its expected causes, and every expectation its file', () => {
  expect(incidents.toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(incidents)('%s is still diagnosed as it was', (name) => {
  const { report } = assess(readFacts(`${import.meta.dirname}/${name}${suffix}`));
  const causes = report.diagnoses.filter(({ verdict }) => verdict !== 'latent').map(({ cause }) => cause);
  expect(causes).toEqual(expected[name]?.causes);
});
