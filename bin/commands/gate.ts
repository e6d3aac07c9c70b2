import { setTimeout as pause } from 'node:timers/promises';
import { NoAnswer } from '../../config/user-error.ts';
import { assess } from '../../core/diagnosis/assess.ts';
import { filterReport } from '../../core/diagnosis/filter-report.ts';
import { type GateState, gateState } from '../../core/lifecycle/rollout-gate.ts';
import type { Report } from '../../core/model/report.ts';
import { exit } from '../exit.ts';
import { type JudgingOptions, judgingOf } from '../judging.ts';
import { type ObserveOptions, observeAccount } from '../observe-account.ts';
import { type PrintOptions, print } from '../print.ts';
import { sayAside } from '../say.ts';
import { checkNamed } from './catalogue.ts';

export interface GateOptions extends PrintOptions, JudgingOptions, Omit<ObserveOptions, 'cluster'> {
  cluster: string;
  namespace: string;
  service: string;
  /** A cause that must not be found either. */
  without?: string;
  /** Milliseconds after which it gives up. */
  timeout: number;
  /** Milliseconds from the end of one look to the next. */
  interval: number;
}

/**
 * Looks again and again until the Service's targets are healthy, until one confirmed cause that waiting can't fix has
 * been seen twice in a row, or until time is up; prints the report of the Service where that is not the happy end.
 */
export async function gate(options: GateOptions): Promise<void> {
  if (options.without !== undefined) checkNamed(options.without);
  const until = Date.now() + options.timeout;
  const place = `${options.cluster} ${options.namespace}/${options.service}`;
  let before: Look | undefined;
  for (;;) {
    const left = until - Date.now();
    const answer = await lookIfAnswered(options, Math.max(left, before === undefined ? leastMs : 1));
    const isOver = Date.now() + options.interval > until;
    if (answer instanceof NoAnswer && before === undefined && isOver) throw answer;
    const now = answer instanceof NoAnswer ? undefined : answer;
    if (now?.state === 'healthy') {
      sayAside(`${place}: ${now.detail}`);
      return print(partOf(now, options), options);
    }
    // What time cut off says less than what was seen before.
    const isCut = now === undefined || (now.state === 'unread' && Date.now() >= until);
    const known = isCut ? (before ?? now) : now;
    // A change that is being rolled out may look like a cause once.
    const isCertain = now?.fault !== undefined && now.fault === before?.fault;
    if (known !== undefined && (isCertain || isOver)) return giveUp(known, options);
    const seen = answer instanceof NoAnswer ? answer.message : answer.detail;
    sayAside(`${place}: ${seen}; looking again in ${Math.ceil(options.interval / 1000)} s`);
    before = known;
    await pause(options.interval);
  }
}

/** Milliseconds that the first look may take, however short the time-out is: without one there is nothing to report. */
const leastMs = 10_000;

/** What one look saw of the Service. */
interface Look extends GateState {
  report: Report;
}

/** A look, or that AWS gave no answer, which it may give later. */
const lookIfAnswered = (options: GateOptions, longest: number): Promise<Look | NoAnswer> =>
  look(options, longest).catch((error: unknown) => {
    if (error instanceof NoAnswer) return error;
    throw error;
  });

async function look(options: GateOptions, longest: number): Promise<Look> {
  const judging = judgingOf(options);
  const observation = await observeAccount({
    ...options,
    longest,
    checks: judging.checks,
    cluster: [options.cluster],
    services: { namespaces: [options.namespace], services: [options.service] },
  });
  const { report } = assess(observation, judging);
  return { ...gateState(report, options), report };
}

const partOf = ({ report, state, detail }: Look, { namespace, service }: GateOptions): Report => ({
  ...filterReport(report, { namespaces: [namespace], services: [service] }),
  gate: { opened: state === 'healthy', detail },
});

function giveUp(seen: Look, options: GateOptions): void {
  const { state, detail } = seen;
  const { namespace, service, timeout } = options;
  print(partOf(seen, options), options);
  const why = state === 'hopeless' ? 'waiting does not fix this' : `time is up after ${timeout / 1000} s`;
  sayAside(`${options.cluster} ${namespace}/${service}: ${detail}; ${why}`);
  process.exitCode = state === 'unread' ? exit.incomplete : exit.causesFound;
}
