import { setTimeout as pause } from 'node:timers/promises';
import { NoAnswer, UserError } from '../../config/user-error.ts';
import { assess } from '../../core/diagnosis/assess.ts';
import { changesSince, type Difference } from '../../core/lifecycle/since.ts';
import type { Report } from '../../core/model/report.ts';
import { inert } from '../../core/render/inert.ts';
import { type Style, styles } from '../../core/render/text/style.ts';
import { verdictLine } from '../../core/render/text/verdict-line.ts';
import { exitCodeOf } from '../exit.ts';
import { filtered, serviceScope } from '../filtered.ts';
import { judgingOf } from '../judging.ts';
import { observeAccount } from '../observe-account.ts';
import { print } from '../print.ts';
import { sayAside } from '../say.ts';
import { isLive, terminal } from '../terminal.ts';
import type { AuditOptions } from './audit.ts';

export interface WatchOptions extends AuditOptions {
  /** Milliseconds from the end of one look to the next. */
  watch: number;
}

const mostShown = 8;
const home = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Looks again and again until it is interrupted. A terminal shows the latest report with what changed under it; a pipe
 * gets the first report and then a line for each change.
 */
export async function watch(options: WatchOptions): Promise<void> {
  if (options.output !== 'text')
    throw new UserError('--watch prints text; write other formats with --out FILE, which every run replaces.');
  const judging = judgingOf(options);
  const ended = new AbortController();
  process.once('SIGINT', () => ended.abort());
  process.once('SIGTERM', () => ended.abort());

  const style = styles(terminal(process.stdout).color);
  const services = serviceScope(options);
  let before: Report | undefined;
  let log: string[] = [];
  while (!ended.signal.aborted) {
    const observing = observeAccount({ ...options, checks: judging.checks, ...(services && { services }) });
    const observation = await Promise.race([
      before === undefined ? observing : observing.catch(sayNoAnswer),
      interrupted(ended.signal),
    ]);
    if (ended.signal.aborted) break;
    if (observation === undefined) {
      await Promise.race([pause(options.watch), interrupted(ended.signal)]);
      continue;
    }
    const report = filtered(assess(observation, judging).report, options);
    const time = new Date().toLocaleTimeString('sv');
    const seen = inert(report);
    const changes = before === undefined ? [] : changesSince(before, seen).map((each) => line(time, each, style));
    log = [...log, ...changes];
    if (isLive(process.stdout)) {
      process.stdout.write(home);
      print(report, options);
      const shown = log.length === 0 ? [style.dim('no change yet')] : log.slice(-mostShown);
      process.stdout.write(`\n${style.bold('Since the first look')}\n${shown.map((each) => `  ${each}\n`).join('')}`);
      process.stdout.write(style.dim(`${time}; looks again every ${options.watch / 1000} s, Ctrl+C ends\n`));
    } else if (before === undefined) {
      print(report, options);
    } else if (changes.length > 0) {
      process.stdout.write(`${[...changes, `${time}  ${verdictLine(seen)}`].join('\n')}\n`);
    }
    before = seen;
    process.exitCode = exitCodeOf(report);
    await Promise.race([pause(options.watch, undefined, { ref: true }), interrupted(ended.signal)]);
  }
  process.exit();
}

/** A network that is away for a while ends no watch that has begun. */
function sayNoAnswer(error: unknown): undefined {
  if (!(error instanceof NoAnswer)) throw error;
  sayAside(`nlb-auditor: ${error.message}`);
}

function line(time: string, { kind, text }: Difference, { red, green, yellow }: Style): string {
  const mark = { opened: red('✗ opened'), resolved: green('✓ resolved'), health: yellow('· health') }[kind];
  return `${time}  ${mark} ${text}`;
}

const interrupted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
