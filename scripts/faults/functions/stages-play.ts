import { randomUUID } from 'node:crypto';
import { settleWith } from '../../../lab/faults/incident.ts';
import { podCrashloop } from '../../../lab/scenarios/pod-crashloop.ts';
import { sharedTargetGroupConflict } from '../../../lab/scenarios/shared-target-group-conflict.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster } from '../../../lab/world/cluster.ts';
import type { World } from '../../../lab/world/world.ts';
import type { Call } from '../calls.ts';
import { type Deployment, deploy, served } from './deployment.ts';
import { fresh } from './fresh.ts';
import { contextOf } from './lambda-context.ts';
import { stateOf } from './life.ts';
import type { Play } from './play.ts';

type Handler = typeof import('../../../lambda/auditor.ts')['handler'];
type Stage = Parameters<Handler>[0];
type Course = { course: string; lease: never };

/** Milliseconds that a stage has in a case; Lambda gives it more. */
const allottedMs = 120_000;

/** Which stage makes a call; the last of them where several do. */
const stageOf = ({ id }: Call): 'survey' | 'network' | 'part' | 'join' => {
  if (/PutObject (plan|items)/.test(id)) return 'survey';
  if (/PutObject network|GetObject plan/.test(id)) return 'network';
  return /GetObject (part|readings)/.test(id) ? 'join' : 'part';
};

/** A run that many functions share: the engine repeats a stage that failed, and the run then ends as if nothing had happened. */
export async function stagesPlay(): Promise<Play & { deployment: Deployment }> {
  const deployment = await deploy(sharedWorld(), { scale: 'distributed' });
  const { lab, proxy, restore, items } = deployment;
  Object.assign(process.env, deployment.env);
  let minute = 0;
  let course: Course | undefined;

  async function stage(event: object): Promise<unknown> {
    const { handler } = await fresh<{ handler: Handler }>('auditor');
    const time = new Date(Date.UTC(2026, 10, 29, 10, minute)).toISOString();
    return handler({ time, ...event } as Stage, contextOf(randomUUID(), allottedMs));
  }
  const survey = async (): Promise<void> => {
    course = (await stage({ stage: 'survey' })) as Course;
    if (course.course !== 'distributed') throw new Error(`the survey takes another course: ${course.course}`);
  };
  const steps: Record<ReturnType<typeof stageOf>, () => Promise<unknown>> = {
    survey,
    network: () => stage({ stage: 'network' }),
    part: () => stage({ stage: 'part', index: 0 }),
    join: () => stage({ stage: 'join', lease: course?.lease, parts: [{ index: 0 }] }),
  };
  const order = Object.entries(steps);
  const before = (call: Call) =>
    order.slice(
      0,
      order.findIndex(([name]) => name === stageOf(call)),
    );
  const after = (call: Call) => order.slice(order.findIndex(([name]) => name === stageOf(call)));

  for (const [, step] of order) await step();
  const truth = stateOf(await items());

  return {
    deployment,
    allottedMs,
    async begin(call) {
      minute += 1;
      await restore([]);
      lab.objects.clear();
      await lab.apply(served(lab.world, deployment));
      for (const [, step] of before(call)) await step();
      proxy.spare();
    },
    act: (call) => steps[stageOf(call)](),
    during: () => [],
    async recover(call) {
      for (const [, step] of after(call)) await step();
      const state = stateOf(await items());
      return {
        duplicates: 0,
        violations: [
          ...state.filter((each) => !truth.includes(each)).map((each) => `memory says: ${each}`),
          ...truth.filter((each) => !state.includes(each)).map((each) => `memory does not say: ${each}`),
        ],
      };
    },
    close: deployment.close,
  };
}

/** Two clusters that claim the same target group, so that the join reads everything that parts left. */
function sharedWorld(): World {
  const world = buildAccount({ network: '127.63' });
  for (const name of ['shop', 'bank']) addCluster(world, { name });
  return settleWith(world, [
    { scenario: podCrashloop, cluster: 'bank', namespace: 'team', service: 'broken' },
    { scenario: sharedTargetGroupConflict, cluster: 'shop', namespace: 'team', service: 'shared' },
  ]);
}
