import type { Target } from '../../core/aws.ts';
import { clusterOf } from '../../lab/cluster.ts';
import type { Incident } from '../../lab/incident.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { healthy as sound } from '../../lab/scenarios/healthy.ts';
import { targetGroupArnsOf } from '../../lab/target-groups-of.ts';
import type { World } from '../../lab/world.ts';
import { stageOf } from './stages.ts';
import { build, type WorldPlan } from './world-plan.ts';

/** What is true of one Service of a world: the verdict, the primary cause, and every fault that acts on it. */
export interface Truth {
  cluster: string;
  namespace: string;
  service: string;
  verdict: 'unhealthy' | 'expected' | 'healthy' | 'latent';
  cause: string | null;
  acting: string[];
}

/**
 * The truth about the Services of a plan, from the faults that were put in. A fault put into one Service acts on
 * another where a world with that fault alone already harms the other's twin; of several that act, the earliest in
 * the decision procedure is the cause.
 */
export function truthOf(plan: WorldPlan): Truth[] {
  return [...plan.incidents, ...bystanders].map((incident) => {
    const { cluster, namespace, service } = incident;
    const reaching = plan.incidents.filter((other) => other !== incident && reaches(other, incident));
    const own = outcomeOf(incident);
    const faults = [
      ...(own.verdict === 'unhealthy' && own.cause !== null ? [own.cause] : []),
      ...reaching.flatMap(({ scenario: { expect } }) => expect.cause ?? []),
    ];
    const ranked = faults.toSorted((a, b) => rank(a) - rank(b));
    const place = { cluster, namespace, service };
    if (ranked.length === 0) return { ...place, verdict: own.verdict, cause: own.cause, acting: [] };
    return { ...place, verdict: 'unhealthy', cause: ranked[0] ?? null, acting: ranked };
  });
}

/** The incident as it was before its fault struck; where the fault was there from the start, a sound Service instead. */
function before(incident: Incident): Incident {
  if (incident.scenario.id === sound.id) return incident;
  const { strike, ...calm } = incident.scenario;
  return { ...incident, scenario: strike === undefined || hasFaultAlready(calm, incident) ? sound : calm };
}

function hasFaultAlready(calm: Scenario, incident: Incident): boolean {
  const targets = targetsOf(build({ name: '', incidents: [{ ...incident, scenario: calm }] }, {}), incident);
  return targets.length === 0 || targets.some(({ state }) => state !== 'healthy');
}

/** What the scenario says, unless the variant keeps its fault from reaching any target. */
function outcomeOf(incident: Incident): Pick<Truth, 'verdict' | 'cause'> {
  const { verdict, cause } = incident.scenario.expect;
  if (incident.variant === undefined) return { verdict, cause };
  const own = targetsOf(build({ name: '', incidents: [incident] }, {}), incident);
  const sane = targetsOf(build({ name: '', incidents: [{ ...incident, scenario: sound }] }, {}), incident);
  const reached = own.some(({ state }) => state !== 'healthy') || own.length < sane.length;
  return reached ? { verdict, cause } : { verdict: 'healthy', cause: null };
}

/** The sound Services that every world has; nothing is arranged for them a second time. */
const bystanders: Incident[] = [
  { namespace: 'web', service: 'storefront' },
  { namespace: 'catalog', service: 'search' },
].map((place) => ({ ...place, cluster: 'shop', scenario: { ...sound, arrange: () => {} } }));

const rank = (id: string): number => stageOf[id] ?? Number.POSITIVE_INFINITY;

/** True when the fault of `source` alone leaves fewer healthy targets on a sound Service made like that of `sufferer`. */
function reaches(source: Incident, sufferer: Incident): boolean {
  if (source.scenario.expect.verdict !== 'unhealthy') return false;
  const twin = before(sufferer);
  const alone = healthOf(build({ name: '', incidents: [twin] }, {}), sufferer);
  const beside = healthOf(build({ name: '', incidents: [source, twin] }, {}), sufferer);
  return beside < alone;
}

const healthOf = (world: World, incident: Incident): number =>
  targetsOf(world, incident).filter(({ state }) => state === 'healthy').length;

function targetsOf(world: World, { cluster, namespace, service }: Incident): Target[] {
  const arns = targetGroupArnsOf(world, clusterOf(world, cluster), { namespace, name: service });
  return world.targetHealth.filter(({ targetGroupArn }) => arns.includes(targetGroupArn));
}
