import { beforeAll, describe, expect, test } from 'vitest';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { startLab } from '../../../lab/start.ts';
import type { World } from '../../../lab/world/world.ts';
import { findEngine } from '../engines/moto.ts';
import { differingPaths } from './differing-paths.ts';
import { knownDifferences } from './known-differences.ts';
import { makeClusters } from './make-clusters.ts';
import { makeWorld } from './make-world.ts';
import { readAccount, readInventory } from './read-account.ts';
import { startMoto } from './server.ts';

const engine = findEngine();

describe.skipIf(!engine.found)('moto', () => {
  let differences: Map<string, [unknown, unknown]>;
  let ours: Awaited<ReturnType<typeof readAccount>>;
  beforeAll(async () => {
    const world = worldForMoto();
    const moto = await startMoto(world);
    const lab = await startLab(world, { sockets: false });
    try {
      const names = await makeWorld(moto.url, world);
      await lab.apply({ ...world, clusters: [] });
      ours = await readAccount(lab.env);
      differences = differingPaths(ours, names.translate(await readAccount(moto.env)));
      await lab.apply(world);
      await makeClusters(moto.url, world, names);
      const { clusters } = await readInventory(lab.env);
      const theirs = names.translate(await readInventory(moto.env));
      for (const [path, pair] of differingPaths(clusters, theirs.clusters)) differences.set(`clusters.${path}`, pair);
    } finally {
      await lab.close();
      await moto.close();
    }
  });

  test('the product reads the same account from both', () => {
    expect(ours.inventory.targetGroups.length).toBeGreaterThan(2);
    expect(ours.facts[0]?.slices.networkInterfaces.length).toBeGreaterThan(10);
    const unknown = [...differences].filter(([path]) => !(path in knownDifferences));
    expect(unknown.map(([path, [lab, moto]]) => `${path}: ${shown(lab)} in the lab, ${shown(moto)} in moto`)).toEqual(
      [],
    );
  });

  test.each(Object.keys(knownDifferences))('%s still differs', (path) => {
    expect([...differences.keys()]).toContain(path);
  });
});

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 200);

/** The healthy world with one stopped instance, the only state that moto tells apart. */
function worldForMoto(): World {
  const world = healthy.build({ network: '10.20' });
  const [stopped, ...others] = world.instances;
  if (stopped === undefined) throw new Error('the healthy world has no instance');
  return {
    ...world,
    instances: [{ ...stopped, state: 'stopped' }, ...others],
    targetHealth: world.targetHealth.map((target) =>
      target.id === stopped.id
        ? {
            ...target,
            state: 'unused',
            reason: 'Target.InvalidState',
            description: 'Target is in the stopped state',
          }
        : target,
    ),
  };
}
