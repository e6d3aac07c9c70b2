import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { isMasked } from '../../../core/diagnosis/masks.ts';
import { nameOfScenario, withVariants } from '../../../lab/scenario.ts';
import { scenarios } from '../../../lab/scenarios.ts';

const root = new URL('../../../', import.meta.url).pathname;
const idsIn = (folder: string, ending: string): string[] =>
  globSync(`${folder}*${ending}`, { cwd: root })
    .map((path) => basename(path, ending))
    .toSorted();
const variantNames = withVariants(scenarios)
  .filter(({ variant }) => variant !== undefined)
  .map(nameOfScenario);
const ids = catalogue.map(({ id }) => id);
/** The healthy world breaks nothing; the other ones have a cause whose own scenario takes another path. */
const moreScenarios = [
  'fails-open',
  'gateway-live-drift',
  'gateway-shadowed-default',
  'gateway-wrong-path',
  'gateway-wrong-port',
  'healthy',
  'listeners-exchanged',
  'load-balancer-deleted',
  'load-balancer-forgotten',
  'rule-removed-by-controller',
  'rule-removed-by-terraform',
  'rule-removed-in-console',
  'selector-matches-too-much',
  'target-group-deleted',
  'terraform-node-port-group',
  'udp-half-shut',
];

describe('an id is an address', () => {
  test.each([
    ['core/checks/*/', '.ts', []],
    ['test/checks/', '.test.ts', []],
    ['docs/checks/', '.md', []],
    ['lab/scenarios/', '.ts', moreScenarios],
    ['test/golden/', '.json', [...moreScenarios, ...variantNames]],
  ])('%s holds one file for each check and no other', (folder, ending, more) => {
    expect(ids.length).toBeGreaterThan(0);
    expect(idsIn(folder, ending)).toEqual([...ids, ...more].toSorted());
  });

  test('the folder of a check is its stage', () => {
    const folders = globSync('core/checks/*/*.ts', { cwd: root }).map((path) => path.split('/').slice(2).join('/'));
    expect(folders.toSorted()).toEqual(catalogue.map(({ stage, id }) => `${stage}/${id}.ts`).toSorted());
  });

  test('ids are kebab case, sorted and unique', () => {
    expect(ids).toEqual([...new Set(ids)].toSorted());
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
  });

  test('the scenario of a check bears its id', () => {
    expect(scenarios.map(({ id }) => id)).toEqual([...ids, ...moreScenarios].toSorted());
  });
});

describe.each(catalogue)(
  '$id',
  ({ title, symptom, why, proof, decidedBy, fix, links, masks, needs, optional, kind, severity }) => {
    test('tells a reader everything', () => {
      for (const text of [title, symptom, why, proof, decidedBy]) expect(text.length).toBeGreaterThan(10);
      expect(title).not.toMatch(/[.{}]$/);
      expect(fix.length).toBeGreaterThan(0);
      expect(fix.some(({ verify }) => verify !== undefined)).toBe(true);
      for (const link of links) expect(link).toMatch(/^https:\/\//);
      expect(links.length).toBeGreaterThan(0);
    });

    test('names checks and slices that exist, each once', () => {
      expect(masks.filter((id) => !ids.includes(id))).toEqual([]);
      expect(new Set(masks).size).toBe(masks.length);
      expect(optional.filter((slice) => needs.includes(slice))).toEqual([]);
    });

    test('alarms only if it is a fault', () => {
      if (kind === 'expected') expect(severity).toBe('info');
      else if (kind === 'latent') expect(['low', 'info']).toContain(severity);
      else expect(severity).not.toBe('info');
    });
  },
);

test('no two faults mask each other', () => {
  const mutual = catalogue.filter((one) => catalogue.some((other) => isMasked(one, other) && isMasked(other, one)));
  expect(mutual.map(({ id }) => id)).toEqual([]);
});

test('what a check is like fits its kind', () => {
  for (const { kind, steadyState, needsChange } of catalogue) {
    if (steadyState) expect(kind).toBe('expected');
    if (needsChange) expect(kind).toBe('fault');
  }
});
