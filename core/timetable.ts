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

const between = (least: number, value: number, most: number): number => Math.min(Math.max(least, value), most);

/**
 * Divides the time that is left: the end of a run – judging so many target groups, saving, rendering – is predicted from the
 * pace of the last run and kept back first, then probes get their time, and the rest is for reading.
 */
export function timetable(remainingMs: number, groups: number, pace: Pace = firstPace): Timetable {
  const closing = between(remainingMs / 20, pace.closingMs * margin, remainingMs / 3);
  const concluding = between(remainingMs / 20, pace.concludeMsPerGroup * groups * margin, remainingMs / 3);
  const probing = between(0, remainingMs / 10, 20_000);
  const concludeMs = Math.max(0, remainingMs - closing);
  const observeMs = Math.max(0, concludeMs - concluding);
  return { surveyMs: Math.max(0, observeMs - probing), observeMs, concludeMs };
}
