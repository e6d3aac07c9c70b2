import { afterAll, beforeAll, describe, test } from 'vitest';
import { deviations, expectedHealthCheck } from '../../../../core/controllers/expected-health-check.ts';
import { groupsOf } from '../../../../core/model/target-group-context.ts';
import { settle } from '../../../../lab/settle.ts';
import type { World } from '../../../../lab/world/world.ts';
import { findEngine } from '../../engines/load-balancer-controller.ts';
import { auditLive, type LiveAudit } from '../audit-live.ts';
import type { Case } from '../cases.ts';
import { holds, type Score } from '../known-differences.ts';
import { type LiveCluster, startLiveCluster } from '../live-cluster.ts';
import { deleteLive, giveLive } from '../live-service.ts';
import { perform, undo } from '../live-steps.ts';
import { giveShape } from '../mirror.ts';
import { simulate } from '../simulated-steps.ts';
import { cases } from './cases.ts';
import { controlledWorld } from './controlled-world.ts';
import { aspects, madeByLab, madeLive } from './made.ts';
import { startController } from './start-controller.ts';

const engine = findEngine();
/** Milliseconds for moto, an API server and three controllers on a busy machine. */
const starting = 300_000;

describe.skipIf(!engine.found)('load-balancer-controller', () => {
  let live: LiveCluster;
  const score: Score = { agreed: 0, known: 0, differed: 0 };
  const started = performance.now();
  beforeAll(async () => {
    if (!engine.found) return;
    const world = controlledWorld(new Date().toISOString());
    live = await startLiveCluster({ programs: engine, world, start: startController(engine.loadBalancerController) });
  }, starting);
  afterAll(async () => {
    await live?.close();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const version = engine.found ? engine.version : '';
    console.log(
      `load-balancer-controller: ${cases.length} cases of Services, ${score.agreed} comparisons agreed, ` +
        `${score.known} known differences, ${score.differed} others, ${seconds} s, ${version}`,
    );
  });

  test.each(cases)('$name: the lab and the product say what the AWS Load Balancer Controller does', async (each) => {
    const { name, shape, steps = [] } = each;
    const { admin } = live.plane;
    let world = controlledWorld();
    const service = giveShape(world, name, shape);
    world = settle(world);
    await live.controller.after(name, () => giveLive(admin, service));
    try {
      for (const step of steps) {
        world = simulate(world, name, step);
        await perform(live, each, step);
      }
      const audit = await auditLive(live, { probe: false });
      if (!steps.some((step) => 'delete' in step)) compareWithLab(each, world, audit);
      else compareWithNothing(each, audit);
      compareWithProduct(each, audit);
    } finally {
      for (const step of steps) await undo(live, each, step);
      await live.controller.after(name, () => deleteLive(admin, name));
    }
  });

  function compareWithLab({ name }: Case, world: World, audit: LiveAudit): void {
    const simulated = madeByLab(world);
    const real = madeLive(audit);
    for (const aspect of aspects) holds({ side: 'lab', name, aspect, score }, simulated[aspect], real[aspect]);
  }

  /** The lab forgets what it made with the Service, so that nothing has to be there. */
  function compareWithNothing({ name }: Case, audit: LiveAudit): void {
    const nothing = Object.fromEntries(aspects.map((aspect) => [aspect, []]));
    holds({ side: 'lab', name, aspect: 'what is left', score }, nothing, madeLive(audit));
  }

  function compareWithProduct({ name, causes = [], drifts }: Case, { facts, diagnoses }: LiveAudit): void {
    const service = facts.slices.services.find(({ metadata }) => metadata.name === name);
    for (const group of groupsOf(facts)) {
      const { controller, namespace, service: owner } = group.owner ?? {};
      holds(
        { side: 'product', name, aspect: 'owner', score },
        [controller, namespace, owner],
        ['aws-load-balancer-controller', 'live', name],
      );
      if (service === undefined || drifts) continue;
      const settings = expectedHealthCheck(group, service, facts.slices).filter(({ supported }) => supported);
      holds({ side: 'product', name, aspect: 'health check', score }, deviations(settings, group), []);
    }
    const found = diagnoses.map(({ cause }) => cause ?? 'unexplained');
    holds({ side: 'product', name, aspect: 'causes', score }, found, causes);
  }
});
