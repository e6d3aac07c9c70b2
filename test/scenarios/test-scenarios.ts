import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../../core/model/observation.ts';
import { reportSchema } from '../../core/render/machine/report-schema.ts';
import { nameOfScenario, withVariants } from '../../lab/scenario.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { claimsAboutEach } from '../invariant/claims.ts';
import { withGaps } from '../invariant/gaps.ts';
import { outagesIn } from '../invariant/outages.ts';
import { auditWorld, thisSecond } from './audit-world.ts';
import { goldenOf, goldenPath } from './golden.ts';
import { causesOf, causesWhenRedacted } from './redacted.ts';
import { unaccounted } from './unaccounted.ts';

const all = withVariants(scenarios).map((scenario) => ({ name: nameOfScenario(scenario), ...scenario }));
const shards = 4;
const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(reportSchema);

/**
 * Tests a quarter of the scenarios: most of their time is waiting for silent targets, so that several files in parallel
 * are done sooner. Each shard has a network of its own.
 */
export function testScenarios(shard: number): void {
  const network = `127.${30 + shard}`;
  test.each(all.filter((_, index) => index % shards === shard))('$name: $title', async (scenario) => {
    const { report, ...sight } = await auditWorld(scenario.build({ network, now: thisSecond() }));
    const { verdict, cause, mechanisms = [], others = [], service, namespace } = scenario.expect;
    const told = report.diagnoses.filter((diagnosis) => diagnosis.verdict !== 'latent');
    const here = told.filter(
      (diagnosis) => [service, ...others].includes(diagnosis.service ?? '') && diagnosis.namespace === namespace,
    );

    expect(report.run.complete).toBe(true);
    expect(report.coverage.targets.seen).toBeGreaterThan(0);
    expect(told.filter((diagnosis) => !here.includes(diagnosis))).toEqual([]);
    if (verdict === 'healthy') expect(here).toEqual([]);
    else expect(here).toContainEqual(expect.objectContaining({ verdict, cause }));
    expect(here.filter((diagnosis) => diagnosis.verdict !== 'expected' && diagnosis.cause !== cause)).toEqual([]);
    expect(here.flatMap((diagnosis) => diagnosis.mechanisms)).toEqual(expect.arrayContaining(mechanisms));
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    for (const hidden of [[], ...fc.sample(unreadable, { numRuns: 3, seed: all.indexOf(scenario) })])
      expect(silentAbout(sight, hidden)).toEqual([]);
    expect(causesWhenRedacted(sight)).toEqual(causesOf(report));
    expect(unaccounted({ report, facts: sight.facts })).toEqual([]);
    expect(goldenOf(report, network)).toBe(readFileSync(goldenPath(scenario), 'utf8'));
  });
}

const unreadable = fc.array(fc.record({ slice: fc.nat(), reason: fc.nat() }), { minLength: 1, maxLength: 4 });

/** The outputs that would pass over an outage of this world, were these slices not readable. */
function silentAbout(sight: Observation, hidden: Parameters<typeof withGaps>[1]): string[] {
  const facts = sight.facts.map((each) => withGaps(each, hidden));
  const outages = [
    ...facts.flatMap(outagesIn),
    ...sight.facts.flatMap(outagesIn).filter(({ clause }) => clause === 'no-healthy-target'),
  ];
  if (outages.length === 0) return [];
  const claimsAbout = claimsAboutEach({ ...sight, facts });
  return outages.flatMap(({ targetGroupArn, clause }) =>
    claimsAbout(targetGroupArn).map((output) => `${clause}: ${output}`),
  );
}
