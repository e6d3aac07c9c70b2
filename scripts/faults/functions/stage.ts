import { setTimeout as pause } from 'node:timers/promises';
import { type Caller, nameOfCall, reads } from '../calls.ts';
import { bounds } from '../invariants.ts';
import type { Case } from '../matrix.ts';
import { measure } from '../measure.ts';
import type { Stage, Verdict } from '../stage.ts';
import { auditPlay } from './audit-play.ts';
import { isBug } from './bug.ts';
import { functionCalls } from './calls.ts';
import type { Deployment } from './deployment.ts';
import { grantPlay } from './grant-play.ts';
import { live } from './life.ts';
import { notifyPlay } from './notify-play.ts';
import type { Play } from './play.ts';
import { pressPlay } from './press-play.ts';
import { quietly } from './quietly.ts';
import { stagesPlay } from './stages-play.ts';
import { triggerPlay } from './trigger-play.ts';

type Act = Play & { deployment: Deployment };

/** Opens the play of a function. */
const plays: Record<Exclude<Caller, 'prober'>, () => Promise<Act>> = {
  async auditor() {
    const life = await live();
    return { ...auditPlay(life), deployment: life.deployment };
  },
  async notifier() {
    const life = await live();
    return { ...notifyPlay(life), deployment: life.deployment };
  },
  interactions: pressPlay,
  reconciler: grantPlay,
  trigger: triggerPlay,
  stages: stagesPlay,
};

/** Ids of what a function may call in a case; lists of what an API server serves are no reads of their own. */
const rowsFor = (by: Caller): ReadonlySet<string> => {
  const callers = by === 'stages' ? ['stages', 'auditor'] : [by];
  const own = functionCalls.filter((call) => callers.includes(call.by ?? ''));
  const isReader = by === 'auditor' || by === 'stages';
  return new Set([...own, ...(isReader ? reads : [])].map(({ id }) => id).concat(isReader ? 'kubernetes:list ' : []));
};

/** Milliseconds after which a call that nothing struck may have been given up too, on a busy machine. */
const shortestMs = 2000;

/** What credentials look like that no line of a log may have. */
const credentials = /services\/T0|xoxb-0|lab0lab0|sig=lab|0123456789abcdef0123456789abcdef/;

/** Where one function runs in front of the proxy. */
export async function openFunction(by: Exclude<Caller, 'prober'>): Promise<Stage> {
  const lines: string[] = [];
  const play = await quietly(lines, plays[by]);
  const { proxy, env } = play.deployment;

  async function run({ call, fault }: Case): Promise<Verdict> {
    await quietly(lines, () => play.begin(call));
    lines.length = 0;
    proxy.inflict(call, fault);
    const {
      value: error,
      ms,
      peakMb,
    } = await quietly(lines, () => measure(() => endOf(play.act(call), play.allottedMs)));
    const [struck, trapped, called] = [proxy.struck(), proxy.trapped(), proxy.called()];
    const during = play.during(call, called, error);
    proxy.spare();
    const { violations, duplicates } = await quietly([], () => play.recover(call)).catch((failure: unknown) => ({
      violations: [`is not over when it goes right again: ${String(failure)}`],
      duplicates: 0,
    }));
    const broken = [
      ...(struck === 0 ? ['the call was not made'] : []),
      ...(ms >= play.allottedMs ? [`took ${ms} ms of ${play.allottedMs}`] : []),
      ...(peakMb > bounds.mostMb ? [`held ${peakMb} MB`] : []),
      ...(trapped > 0 ? ['followed a redirect'] : []),
      ...(isBug(error) ? [`threw ${String(error)}`] : []),
      ...(fault.passes && error !== undefined ? [`one refusal is too much: ${String(error)}`] : []),
      ...called.filter((id) => !rowsFor(by).has(id)).map((id) => `${id} has no row in the matrix`),
      ...lines.filter((line) => credentials.test(line)).map((line) => `logged a credential: ${line.slice(0, 200)}`),
      ...during,
      ...violations,
    ];
    return {
      call: nameOfCall(call),
      fault: fault.id,
      violations: broken,
      outcome: outcomeOf(error, duplicates),
      ms,
      peakMb,
      ...(duplicates > 0 && { duplicates }),
      ...(ms >= shortestMs && { late: true }),
    };
  }

  return { env, run, close: () => play.close() };
}

const outcomeOf = (error: unknown, duplicates: number): string => {
  const ended = error === undefined ? 'made up for' : 'fails, made up for';
  return duplicates === 0 ? ended : `${ended}, ${duplicates} twice`;
};

/** What it threw, or that it went on for longer than Lambda lets it. */
async function endOf(act: Promise<unknown>, allottedMs: number): Promise<unknown> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      act.then(() => undefined),
      pause(allottedMs, new Error('Lambda would have killed it'), { signal: ended.signal }),
    ]);
  } catch (error) {
    return error;
  } finally {
    ended.abort();
  }
}
