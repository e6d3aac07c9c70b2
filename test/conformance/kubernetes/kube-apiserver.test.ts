import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubernetesSliceNames } from '../../../io/kubernetes/cluster.ts';
import { scenarios } from '../../../lab/scenarios.ts';
import { withoutChance } from '../../scenarios/without-chance.ts';
import { type Audit, auditWorld } from './audit-world.ts';
import { canBind } from './can-bind.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { engines, identifyAuditor } from './engines.ts';
import { loadCluster } from './load-cluster.ts';
import { grantShippedRole, installDefinitions, installGatewayKinds } from './prepare-cluster.ts';
import { withoutAdditions } from './without-additions.ts';

/** Not loopback: no API server takes endpoints in 127.0.0.0/8. */
const network = '10.20';
const probing = await canBind(`${network}.0.1`);

describe.each(engines)('$name', ({ engine }) => {
  describe.skipIf(!engine.found)('holds every scenario', () => {
    let plane: ControlPlane;
    beforeAll(async () => {
      if (!engine.found) return;
      plane = await startControlPlane(engine, { identify: identifyAuditor });
      await installDefinitions(plane.admin);
      await installGatewayKinds(plane.admin);
      await grantShippedRole(plane.admin);
    });
    afterAll(() => plane?.close());

    test.each(scenarios)('$id: the API takes what the lab made, and the diagnosis is the same', async (scenario) => {
      const world = scenario.build({ network, now: new Date().toISOString() });
      const here = world.clusters.find(({ cluster }) => cluster.name === 'shop');
      if (here === undefined) throw new Error('the scenario has no cluster shop');
      const expected = await auditWorld(world, { probing });
      const loaded = await loadCluster(plane, here);
      try {
        expect(loaded.refusals).toEqual([]);
        const real = await auditWorld(world, { probing, planes: { shop: plane } });
        expect(expected.askedOfLab).toBeGreaterThan(10);
        expect(real.askedOfLab).toBe(0);
        expect(read(real)).toEqual(read(expected));
        expect(concluded(real)).toEqual(concluded(expected));
      } finally {
        await loaded.unload();
      }
    });
  });
});

/** What was read of Kubernetes and what could not be. */
const read = ({ facts }: Audit): object =>
  facts.map(({ slices, gaps }) => {
    const whole = withoutAdditions(slices);
    return { gaps, ...Object.fromEntries(kubernetesSliceNames.map((name) => [name, whole[name]])) };
  });

const concluded = ({ diagnoses }: Audit): object => JSON.parse(withoutChance(JSON.stringify(diagnoses)));
