import { inertText } from '../core/redaction/inert-text.ts';
import type { Usage } from '../io/aws/usage.ts';
import type { ProbeTally } from '../io/probe/probe.ts';
import { sayAside } from './say.ts';
import { isLive } from './terminal.ts';

/** What a person sees on standard error while a run takes its time. */
export interface Progress {
  /** The run has come to this. */
  step(line: string): void;
  /** Leaves standard error as it was: a terminal keeps nothing of it. */
  end(): void;
}

export interface ProgressSources {
  usage(): Usage;
  tally: ProbeTally;
  /** Stands before each step. */
  title?: string;
}

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const betweenPaintsMs = 120;
const betweenLinesMs = 10_000;
const clearLine = '\r\u001b[2K';

/** One line that is painted over in a terminal; elsewhere a line for each step, and one more when a step takes long. */
export function showProgress(sources: ProgressSources): Progress {
  return isLive(process.stderr) ? liveLine(sources) : sparseLines(sources);
}

function liveLine({ usage, tally, title }: ProgressSources): Progress {
  const began = performance.now();
  let action = latestAction(usage());
  let line = '';
  let timer: NodeJS.Timeout | undefined;
  let frame = 0;

  function paint(): void {
    frame = (frame + 1) % frames.length;
    const parts = [`${frames[frame]} ${line}`, secondsSince(began), ...costOf(usage(), tally), action(usage())];
    const text = parts.filter(Boolean).join('  ');
    process.stderr.write(clearLine + inertText(text).slice(0, (process.stderr.columns ?? 80) - 1));
  }
  return {
    step(next) {
      line = titled(title, next);
      action = latestAction(usage());
      timer ??= setInterval(paint, betweenPaintsMs).unref();
      paint();
    },
    end() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      process.stderr.write(clearLine);
    },
  };
}

function sparseLines({ usage, tally, title }: ProgressSources): Progress {
  const began = performance.now();
  let line = '';
  let timer: NodeJS.Timeout | undefined;
  const report = (): void => {
    sayAside(`still ${line}: ${[...costOf(usage(), tally), secondsSince(began)].join(', ')}`);
  };
  return {
    step(next) {
      line = titled(title, next);
      sayAside(`${line} …`);
      timer ??= setInterval(report, betweenLinesMs).unref();
    },
    end: () => clearInterval(timer),
  };
}

const titled = (title: string | undefined, step: string): string => (title === undefined ? step : `${title}: ${step}`);

/** Tells which action was called last since then, from counts that grow. */
function latestAction(then: Usage): (usage: Usage) => string {
  let before = then.apiCalls;
  let latest = '';
  return ({ apiCalls }) => {
    latest = Object.keys(apiCalls).findLast((action) => apiCalls[action] !== before[action]) ?? latest;
    before = { ...apiCalls };
    return latest;
  };
}

function costOf({ apiCalls, throttles, waitedMs }: Usage, { planned, answered }: ProbeTally): string[] {
  const calls = Object.values(apiCalls).reduce((sum, count) => sum + count, 0);
  return [
    `${calls} calls`,
    ...(planned > 0 ? [`${answered} of ${planned} probes`] : []),
    ...(waitedMs > 0 ? ['paced by --calls-per-second'] : []),
    ...(throttles > 0 ? [`throttled ${throttles} times`] : []),
  ];
}

const secondsSince = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
