import type { World } from '../world/world.ts';

/** A metric of AWS/NetworkELB, by its dimensions. */
export interface Metric {
  name: string;
  loadBalancerArn: string;
  targetGroupArn?: string;
  zone?: string;
}

/** Connections that begin in a minute at a load balancer with a listener. */
const flowsPerMinute = 60;
/** Seconds until CloudWatch has a minute. */
const delaySeconds = 60;

/** What CloudWatch has of a metric for the minute that begins at a moment, in milliseconds; `undefined` = no data point. */
export type PointAt = (minute: number) => number | undefined;

/**
 * The data points of a metric. Without a past of the world there are none. The nodes of a zone count the targets of their own zone, those of
 * all zones under cross-zone load balancing. A load balancer without a healthy target behind a listener fails open (Network Load Balancer user
 * guide, "Target group health").
 */
export function pointsOf(world: World, metric: Metric): PointAt {
  if (world.past === undefined) return () => undefined;
  const known = Date.parse(world.now) - (60 + delaySeconds) * 1000;
  const point = metric.targetGroupArn === undefined ? ofBalancer(world, metric) : ofGroup(world, metric);
  return (minute) => (minute > known ? undefined : point(minute));
}

function ofGroup(world: World, metric: Metric): PointAt {
  const targets = targetsSeen(world, metric);
  if (targets.length === 0) return () => undefined;
  const illAt = illOf(world, metric.targetGroupArn ?? '');
  return (minute) => {
    const ill = illAt(minute);
    const seen = targets.filter((target) => ill.includes(target)).length;
    if (metric.name === 'UnHealthyHostCount') return seen;
    return metric.name === 'HealthyHostCount' ? targets.length - seen : undefined;
  };
}

function ofBalancer(world: World, metric: Metric): PointAt {
  const countedAt = countedOf(world, metric);
  const otherwise = unlessCounted(world, metric);
  return (minute) => countedAt(minute) ?? otherwise(minute);
}

function unlessCounted(world: World, metric: Metric): PointAt {
  switch (metric.name) {
    case 'NewFlowCount': {
      const flows = groupsBehind(world, metric).length === 0 ? 0 : flowsPerMinute;
      return () => flows;
    }
    case 'UnhealthyRoutingFlowCount':
      return failedOpenOf(world, metric);
    case 'PortAllocationErrorCount':
    case 'TCP_Target_Reset_Count':
    case 'TCP_ELB_Reset_Count':
      return () => 0;
    default:
      return () => undefined;
  }
}

const isIll = ({ state }: World['targetHealth'][number]): boolean =>
  state === 'unhealthy' || state === 'unhealthy.draining';

function targetsSeen(world: World, { loadBalancerArn, targetGroupArn, zone }: Metric): World['targetHealth'] {
  const balancer = world.loadBalancers.find(({ arn }) => arn === loadBalancerArn);
  const isCrossZone = balancer?.attributes['load_balancing.cross_zone.enabled'] === 'true';
  return world.targetHealth.filter(
    (target) =>
      target.targetGroupArn === targetGroupArn && (zone === undefined || isCrossZone || zoneOf(world, target) === zone),
  );
}

const zoneOf = (world: World, { id, zone }: World['targetHealth'][number]): string | undefined =>
  world.instances.find((instance) => instance.id === id)?.zone ?? zone;

/** The targets that were unhealthy in a minute; in a stretch of the past the first ones. */
function illOf({ past, targetHealth }: World, targetGroupArn: string): (minute: number) => World['targetHealth'] {
  const targets = targetHealth.filter((target) => target.targetGroupArn === targetGroupArn);
  const ill = targets.filter(isIll);
  const spells = (past?.spells ?? [])
    .filter((spell) => spell.targetGroupArn === targetGroupArn)
    .map((spell) => ({ isIn: stretch(spell), ill: targets.slice(0, spell.unhealthy) }));
  const struckAt = past === undefined ? Number.POSITIVE_INFINITY : Date.parse(past.struckAt);
  return (minute) => spells.find(({ isIn }) => isIn(minute))?.ill ?? (minute > struckAt ? ill : []);
}

function stretch({ from, to }: { from: string; to: string }): (minute: number) => boolean {
  const [first, end] = [Date.parse(from), Date.parse(to)];
  return (minute) => first <= minute && minute < end;
}

const groupsBehind = ({ listeners }: World, { loadBalancerArn }: Metric): string[] =>
  listeners
    .filter((listener) => listener.loadBalancerArn === loadBalancerArn)
    .flatMap(({ forwards }) => forwards.map(({ targetGroupArn }) => targetGroupArn));

function failedOpenOf(world: World, metric: Metric): PointAt {
  const groups = groupsBehind(world, metric).flatMap((targetGroupArn) => {
    const { length } = world.targetHealth.filter((target) => target.targetGroupArn === targetGroupArn);
    return length === 0 ? [] : [{ length, illAt: illOf(world, targetGroupArn) }];
  });
  const zones = world.loadBalancers.find(({ arn }) => arn === metric.loadBalancerArn)?.zones.length ?? 1;
  const flows = Math.round(flowsPerMinute / (metric.zone === undefined ? 1 : zones));
  return (minute) => (groups.some(({ length, illAt }) => illAt(minute).length === length) ? flows : undefined);
}

function countedOf({ past }: World, metric: Metric): PointAt {
  const counts = (past?.counts ?? [])
    .filter(
      ({ loadBalancerArn, metric: name, zone }) =>
        loadBalancerArn === metric.loadBalancerArn &&
        name === metric.name &&
        (metric.zone === undefined || zone === undefined || zone === metric.zone),
    )
    .map((count) => ({ isIn: stretch(count), perMinute: count.perMinute }));
  return (minute) => {
    const found = counts.filter(({ isIn }) => isIn(minute));
    return found.length > 0 ? found.reduce((sum, { perMinute }) => sum + perMinute, 0) : undefined;
  };
}
