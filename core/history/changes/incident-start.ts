import type { MetricSeries } from '../../model/metrics/metric-series.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { spellsOf, unhealthySince } from '../unhealthy-minutes.ts';

/** When what is wrong began, as far as it is known. Epoch milliseconds. */
export interface IncidentStart {
  /** The minute in which targets became unhealthy; it may be earlier where `isExact` is false. */
  at: number;
  isExact: boolean;
}

type Group = Pick<TargetGroupContext, 'targetGroup' | 'failing'>;

/**
 * The start by what CloudWatch counted: of what goes on, else, where no target fails any more, of the last time that some did; `undefined`
 * where that was not read or counts none.
 */
export function startOf(group: Group, metrics: MetricSeries[]): IncidentStart | undefined {
  const since = unhealthySince(group, metrics);
  if (since !== undefined) return { at: Date.parse(since.at), isExact: !since.isAtLeast };
  const last = group.failing.length === 0 ? spellsOf(group, metrics).at(-1) : undefined;
  return last === undefined ? undefined : { at: Date.parse(last.from), isExact: true };
}

const minute = 60_000;

/** Milliseconds from a change to the first minute with an unhealthy target: the health check fails often enough, and CloudWatch counts. */
export const delayOf = ({ targetGroup: { healthCheck } }: Pick<Group, 'targetGroup'>): number =>
  healthCheck.unhealthyThreshold * healthCheck.intervalSeconds * 1000 + healthCheck.timeoutSeconds * 1000 + 10 * minute;

/**
 * Whether a change at this moment can be what began then: not after the first minute with an unhealthy target, and no longer before
 * than a health check takes to notice. Where the start is not known, any moment before the run can.
 */
export function canHaveBegun(
  group: Group & { takenAt: string },
  at: string,
  start: IncidentStart | undefined,
): boolean {
  const moment = Date.parse(at);
  if (start === undefined) return moment <= Date.parse(group.takenAt);
  if (moment >= start.at + minute) return false;
  return !start.isExact || moment >= start.at - delayOf(group);
}
