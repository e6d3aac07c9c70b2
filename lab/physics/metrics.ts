import { later } from '../world/moment.ts';
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

/**
 * What CloudWatch has for one minute, RFC 3339; `undefined` = no data point. Without a past of the world it has nothing. The nodes of a zone
 * count the targets of their own zone, those of all zones under cross-zone load balancing. A load balancer without a healthy target
 * behind a listener fails open (Network Load Balancer user guide, "Target group health").
 */
export function metricAt(world: World, metric: Metric, minute: string): number | undefined {
  const { past, now } = world;
  if (past === undefined || Date.parse(minute) + (60 + delaySeconds) * 1000 > Date.parse(now)) return undefined;
  const { name, targetGroupArn } = metric;
  if (targetGroupArn !== undefined) {
    const targets = targetsSeen(world, metric);
    if (targets.length === 0) return undefined;
    const ill = illAt(world, targetGroupArn, minute);
    const seen = targets.filter((target) => ill.includes(target)).length;
    return name === 'UnHealthyHostCount' ? seen : name === 'HealthyHostCount' ? targets.length - seen : undefined;
  }
  const counted = countedAt(world, metric, minute);
  switch (name) {
    case 'NewFlowCount':
      return counted ?? (groupsBehind(world, metric).length === 0 ? 0 : flowsPerMinute);
    case 'UnhealthyRoutingFlowCount':
      return counted ?? failedOpenAt(world, metric, minute);
    case 'PortAllocationErrorCount':
    case 'TCP_Target_Reset_Count':
    case 'TCP_ELB_Reset_Count':
      return counted ?? 0;
    default:
      return counted;
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
function illAt({ past, targetHealth }: World, targetGroupArn: string, minute: string): World['targetHealth'] {
  const targets = targetHealth.filter((target) => target.targetGroupArn === targetGroupArn);
  const spell = past?.spells?.find(
    ({ targetGroupArn: arn, from, to }) => arn === targetGroupArn && isWithin(minute, from, to),
  );
  if (spell !== undefined) return targets.slice(0, spell.unhealthy);
  return past !== undefined && later(past.struckAt, minute) === minute ? targets.filter(isIll) : [];
}

const isWithin = (minute: string, from: string, to: string): boolean =>
  Date.parse(from) <= Date.parse(minute) && Date.parse(minute) < Date.parse(to);

const groupsBehind = ({ listeners }: World, { loadBalancerArn }: Metric): string[] =>
  listeners
    .filter((listener) => listener.loadBalancerArn === loadBalancerArn)
    .flatMap(({ forwards }) => forwards.map(({ targetGroupArn }) => targetGroupArn));

function failedOpenAt(world: World, metric: Metric, minute: string): number | undefined {
  const isOpen = groupsBehind(world, metric).some((targetGroupArn) => {
    const targets = world.targetHealth.filter((target) => target.targetGroupArn === targetGroupArn);
    return targets.length > 0 && illAt(world, targetGroupArn, minute).length === targets.length;
  });
  const zones = world.loadBalancers.find(({ arn }) => arn === metric.loadBalancerArn)?.zones.length ?? 1;
  return isOpen ? Math.round(flowsPerMinute / (metric.zone === undefined ? 1 : zones)) : undefined;
}

function countedAt({ past }: World, metric: Metric, minute: string): number | undefined {
  const found = past?.counts?.filter(
    (count) =>
      count.loadBalancerArn === metric.loadBalancerArn &&
      count.metric === metric.name &&
      (metric.zone === undefined || count.zone === undefined || count.zone === metric.zone) &&
      isWithin(minute, count.from, count.to),
  );
  return found?.length ? found.reduce((sum, { perMinute }) => sum + perMinute, 0) : undefined;
}
