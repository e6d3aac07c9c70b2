import type { Pace } from './survey-memory.ts';

/** Until when each part of a run may last, in milliseconds from now. */
export interface Timetable {
  /** No target group, cluster or VPC is begun after that. */
  surveyMs: number;
  /** Probes end; everything that is not read by then is a gap. */
  observeMs: number;
  /** No further cluster is judged after that, so that what was judged is saved. */
  concludeMs: number;
}

/** Of a function that has not measured itself yet: slow, so that the first run ends in time too. */
const firstPace: Pace = { concludeMsPerGroup: 20, closingMs: 6000 };

/** How much longer than measured the next run may take. */
const margin = 1.5;

/** Milliseconds for what is quick on one run and waits for a busy machine on the next. */
const least = { closing: 1500, concluding: 1000 };

/** At least a twentieth of the time, and never more than a third. */
const share = (remainingMs: number, leastMs: number, predictedMs: number): number =>
  Math.min(Math.max(leastMs, remainingMs / 20, predictedMs), remainingMs / 3);

/**
 * Divides the time that is left: the end of a run – judging so many target groups, saving, rendering – is predicted from the
 * pace of the last run and kept back first, then probes get their time, and the rest is for reading.
 */
export function timetable(remainingMs: number, groups: number, pace: Pace = firstPace): Timetable {
  const closing = share(remainingMs, least.closing, pace.closingMs * margin);
  const concluding = share(remainingMs, least.concluding, pace.concludeMsPerGroup * groups * margin);
  const probing = Math.min(remainingMs / 10, 20_000);
  const concludeMs = Math.max(0, remainingMs - closing);
  const observeMs = Math.max(0, concludeMs - concluding);
  return { surveyMs: Math.max(0, observeMs - probing), observeMs, concludeMs };
}
