import { under } from '../model/indexed.ts';
import type { MetricName, MetricSeries } from '../model/metrics/metric-series.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';

/** A stretch of minutes in which a target group had unhealthy targets. */
export interface Spell {
  /** RFC 3339, to the minute. */
  from: string;
  /** The minute in which none was unhealthy any more; `null` = it goes on. */
  to: string | null;
  /** Most unhealthy targets in a minute, as one zone counts them. */
  most: number;
  /** Zones whose nodes counted any. */
  zones: string[];
}

/** Minutes without a value that one spell outlasts: CloudWatch may lack a minute, and has the last two late. */
const mostMissing = 3;

type Measured = Pick<TargetGroupContext, 'targetGroup'>;

/** The series of one metric about a target group, by the length of their periods in seconds. */
const seriesOf = ({ targetGroup }: Measured, metrics: MetricSeries[], metric: MetricName, period: number) =>
  under(metrics, groupOf, targetGroup.arn).filter((each) => each.metric === metric && each.period === period);

const groupOf = ({ targetGroupArn }: MetricSeries): string[] => (targetGroupArn === undefined ? [] : [targetGroupArn]);

/** The series of each zone in the minutes before the run; empty where the group was not measured. */
export function unhealthyMinutes(group: Measured, metrics: MetricSeries[]): MetricSeries[] {
  const all = seriesOf(group, metrics, 'UnHealthyHostCount', 60);
  // The minutes of an hour long before may have been read too.
  const longest = Math.max(...all.map(({ values }) => values.length));
  return all.filter(({ values }) => values.length === longest);
}

/** Most unhealthy targets in each period, over all zones. */
export const mostUnhealthy = (zones: MetricSeries[]): (number | null)[] =>
  (zones[0]?.values ?? []).map((_, index) => {
    const values = zones.flatMap(({ values }) => values[index] ?? []);
    return values.length === 0 ? null : Math.max(...values);
  });

/** The spells in the minutes before the run, the earliest first. */
export function spellsOf(group: Measured, metrics: MetricSeries[]): Spell[] {
  const zones = unhealthyMinutes(group, metrics);
  const [first] = zones;
  if (first === undefined) return [];
  const start = Date.parse(first.from);
  const values = mostUnhealthy(zones);
  const spells: Spell[] = [];
  let open: { begin: number; end: number } | undefined;
  const close = (isOver: boolean): void => {
    if (open === undefined) return;
    const { begin, end } = open;
    const zonesOf = zones.filter((zone) => zone.values.slice(begin, end).some((value) => (value ?? 0) > 0));
    spells.push({
      from: at(start, begin),
      to: isOver ? at(start, end) : null,
      most: Math.max(...values.slice(begin, end).map((value) => value ?? 0)),
      zones: zonesOf.flatMap(({ zone }) => zone ?? []),
    });
    open = undefined;
  };
  for (const [index, value] of values.entries()) {
    if (value !== null && value > 0) open = { begin: open?.begin ?? index, end: index + 1 };
    else if (open !== undefined && (value === 0 || index - open.end >= mostMissing)) close(true);
  }
  close(false);
  return spells;
}

/** When what goes on now began; `isAtLeast` where it is older than what CloudWatch was asked for. */
export interface Since {
  at: string;
  isAtLeast: boolean;
}

/** The minute in which the spell that goes on began, followed back hour by hour where it is older than the minutes read. */
export function unhealthySince(group: Measured, metrics: MetricSeries[]): Since | undefined {
  const current = spellsOf(group, metrics).at(-1);
  if (current === undefined || current.to !== null) return undefined;
  if (current.from !== firstKnown(group, metrics)) return { at: current.from, isAtLeast: false };
  const hour = beginningHour(group, metrics);
  if (hour === undefined) return { at: current.from, isAtLeast: true };
  if (hour.isAtLeast) return hour;
  const minutes = seriesOf(group, metrics, 'UnHealthyHostCount', 60).filter(({ from }) => from === hour.at);
  if (minutes.length === 0) return { at: current.from, isAtLeast: true };
  const values = mostUnhealthy(minutes);
  const lastWell = values.lastIndexOf(0);
  const first = values.findIndex((value, index) => index > lastWell && value !== null);
  if (first >= 0) return { at: at(Date.parse(hour.at), first), isAtLeast: false };
  // Where that hour ends well, the next one begins unhealthy; where nothing was counted in it, the minutes read are the first ones.
  return { at: lastWell < 0 ? current.from : at(Date.parse(hour.at), values.length), isAtLeast: false };
}

/** The first minute with a value: a spell that begins there may be older. */
function firstKnown(group: Measured, metrics: MetricSeries[]): string | undefined {
  const zones = unhealthyMinutes(group, metrics);
  const index = mostUnhealthy(zones).findIndex((value) => value !== null);
  return zones[0] === undefined || index < 0 ? undefined : at(Date.parse(zones[0].from), index);
}

/** The hour in which a spell began that is older than the minutes read, from what each hour had at least; `undefined` = not read. */
export function beginningHour(group: Measured, metrics: MetricSeries[]): Since | undefined {
  const hours = seriesOf(group, metrics, 'UnHealthyHostCount', 3600);
  const [first] = hours;
  if (first === undefined) return undefined;
  const lastWell = mostUnhealthy(hours).findLastIndex((value) => value === null || value === 0);
  const start = Date.parse(first.from);
  return { at: at(start, Math.max(0, lastWell), 3600), isAtLeast: lastWell < 0 };
}

/** True where the spell that goes on is older than the minutes read, so that hours are worth reading. */
export function isOlderThanRead(group: Measured, metrics: MetricSeries[]): boolean {
  const current = spellsOf(group, metrics).at(-1);
  return current !== undefined && current.to === null && current.from === firstKnown(group, metrics);
}

const at = (start: number, index: number, period = 60): string =>
  new Date(start + index * period * 1000).toISOString().replace('.000', '');
