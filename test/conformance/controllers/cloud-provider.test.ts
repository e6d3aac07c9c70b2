import { afterAll, beforeAll, describe, test } from 'vitest';
import { deviations, expectedHealthCheck } from '../../../core/controllers/expected-health-check.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { settle } from '../../../lab/settle.ts';
import { findEngine } from '../engines/controllers.ts';
import { auditLive, type LiveAudit } from './audit-live.ts';
import { type Case, cases } from './cases.ts';
import { holds, type Score } from './known-differences.ts';
import { type LiveCluster, startLiveCluster } from './live-cluster.ts';
import { deleteLive, giveLive } from './live-service.ts';
import { letPass, perform, undo } from './live-steps.ts';
import { giveShape, madeByLab, madeOf, plainWorld } from './mirror.ts';
import { simulate } from './simulated-steps.ts';
import { startCloudProvider } from './start-cloud-provider.ts';

const engine = findEngine();
/** Milliseconds for moto, an API server and three controllers on a busy machine. */
const starting = 300_000;

describe.skipIf(!engine.found)('controllers', () => {
  let live: LiveCluster;
  const score: Score = { agreed: 0, known: 0, differed: 0 };
  const started = performance.now();
  beforeAll(async () => {
    if (engine.found)
      live = await startLiveCluster({
        programs: engine,
        world: plainWorld(new Date().toISOString()),
        start: startCloudProvider(engine.cloudProvider),
      });
  }, starting);
  afterAll(async () => {
    await live?.close();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const version = engine.found ? engine.version : '';
    console.log(
      `controllers: ${cases.length} cases, ${score.agreed} comparisons agreed, ${score.known} known differences, ` +
        `${score.differed} others, ${seconds} s, ${version}`,
    );
  });

  test.each(cases)('$name: the lab and the product say what cloud-provider-aws does', async (each) => {
    const { name, shape, steps = [] } = each;
    const { admin } = live.plane;
    let world = plainWorld();
    const service = giveShape(world, name, shape);
    world = settle(world);
    if (each.ignored) {
      await giveLive(admin, service);
      await letPass(live);
    } else await live.controller.after(name, () => giveLive(admin, service));
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
      await deleteLive(admin, name);
    }
  });

  function compareWithLab({ name }: Case, world: ReturnType<typeof plainWorld>, audit: LiveAudit): void {
    const simulated = madeByLab(world, name);
    const real = made(name, audit);
    for (const aspect of ['targetGroups', 'listeners', 'rules', 'complaints'] as const) {
      holds({ side: 'lab', name, aspect, score }, simulated[aspect], real[aspect]);
    }
  }

  function compareWithNothing({ name }: Case, audit: LiveAudit): void {
    const nothing = { targetGroups: [], listeners: [], rules: [], complaints: [] };
    holds({ side: 'lab', name, aspect: 'what is left', score }, nothing, made(name, audit));
  }

  function compareWithProduct({ name, causes = [], drifts }: Case, { facts, diagnoses }: LiveAudit): void {
    const service = facts.slices.services.find(({ metadata }) => metadata.name === name);
    for (const group of groupsOf(facts)) {
      const { controller, namespace, service: owner } = group.owner ?? {};
      holds(
        { side: 'product', name, aspect: 'owner', score },
        [controller, namespace, owner],
        ['cloud-provider-aws', 'live', name],
      );
      if (service === undefined || drifts) continue;
      const settings = expectedHealthCheck(group, service, facts.slices).filter(({ supported }) => supported);
      holds({ side: 'product', name, aspect: 'health check', score }, deviations(settings, group), []);
    }
    const found = diagnoses.map(({ cause }) => cause ?? 'unexplained');
    holds({ side: 'product', name, aspect: 'causes', score }, found, causes);
  }
});

/** What the real controller made, as the product reads it. */
const made = (name: string, { facts: { slices } }: LiveAudit) =>
  madeOf(
    name,
    slices,
    slices.events
      .filter(({ type, regarding }) => type === 'Warning' && regarding.kind === 'Service' && regarding.name === name)
      // The API server itself complains of addresses that it has not written down yet.
      .filter(({ reportingController }) => reportingController === 'service-controller')
      .map(({ reason, note }) => `${reason}: ${note}`),
  );
