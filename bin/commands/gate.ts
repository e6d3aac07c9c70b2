import { setTimeout as pause } from 'node:timers/promises';
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
  const judging = judgingOf(options);
  const until = Date.now() + options.timeout;
  const place = `${options.cluster} ${options.namespace}/${options.service}`;
  let before: string | undefined;
  for (;;) {
    const observation = await observeAccount({
      ...options,
      checks: judging.checks,
      cluster: [options.cluster],
      services: { namespaces: [options.namespace], services: [options.service] },
    });
    const { report } = assess(observation, judging);
    const now = gateState(report, options);
    if (now.state === 'healthy') {
      sayAside(`${place}: ${now.detail}`);
      return print(partOf(report, options, now), options);
    }
    // A change that is being rolled out may look like a cause once.
    const isCertain = now.fault !== undefined && now.fault === before;
    if (isCertain || Date.now() + options.interval > until) return giveUp(report, now, options);
    sayAside(`${place}: ${now.detail}; looking again in ${Math.ceil(options.interval / 1000)} s`);
    before = now.fault;
    await pause(options.interval);
  }
}

const partOf = (report: Report, { namespace, service }: GateOptions, { state, detail }: GateState): Report => ({
  ...filterReport(report, { namespaces: [namespace], services: [service] }),
  gate: { opened: state === 'healthy', detail },
});

function giveUp(report: Report, { state, detail }: GateState, options: GateOptions): void {
  const { namespace, service, timeout } = options;
  print(partOf(report, options, { state, detail }), options);
  const why = state === 'hopeless' ? 'waiting does not fix this' : `time is up after ${timeout / 1000} s`;
  sayAside(`${options.cluster} ${namespace}/${service}: ${detail}; ${why}`);
  process.exitCode = state === 'unread' ? exit.incomplete : exit.causesFound;
}
