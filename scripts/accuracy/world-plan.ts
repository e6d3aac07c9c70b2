import { applies } from '../../lab/applies.ts';
import { controllerOf } from '../../lab/controller/controller-of.ts';
import { type Incident, settleWith } from '../../lab/faults/incident.ts';
import type { Scenario, Variant } from '../../lab/scenario.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { clusterOf } from '../../lab/world/cluster.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { shop } from '../../lab/world/shop.ts';
import { targetGroupArnsOf } from '../../lab/world/target-groups-of.ts';
import type { World } from '../../lab/world/world.ts';
import { type Random, random } from './random.ts';

/** One world of the measurement: which faults are put in, and under which name it is listed when it goes wrong. */
export interface WorldPlan {
  name: string;
  incidents: Incident[];
}

const cluster = 'shop';
const variants: Variant[] = [
  {},
  { targetType: 'ip' },
  { targetType: 'instance', externalTrafficPolicy: 'Cluster' },
  { targetType: 'instance', externalTrafficPolicy: 'Local' },
  { targetType: 'instance', controller: 'ccm' },
  { targetType: 'instance', controller: 'ccm', externalTrafficPolicy: 'Local' },
];
/** Faults of one Service, so that several of them can be told apart. */
const faults = scenarios.filter(({ id, expect }) => id !== 'healthy' && expect.others === undefined);
const place = (scenario: Scenario, service: string, variant: Variant = {}): Incident => ({
  scenario,
  cluster,
  namespace: 'orders',
  service,
  ...(Object.keys(variant).length > 0 && { variant }),
});

/** Every scenario in every variant that makes a difference to it; with a text, those whose names begin with it. */
export const singleWorlds = (only = ''): WorldPlan[] =>
  faults
    .filter(({ id }) => id.startsWith(only) || only.startsWith(id))
    .flatMap((scenario) =>
      variantsOf(scenario).map((variant) => {
        const words = Object.values(variant).join(' ');
        const name = words === '' ? scenario.id : `${scenario.id} (${words})`;
        return { name, incidents: [place(scenario, 'checkout', variant)] };
      }),
    )
    .filter(({ name }) => name.startsWith(only));

/** Worlds with two or three faults on Services of their own, drawn with a seed. */
export function compoundWorlds(count: number, seed: number): WorldPlan[] {
  const draw = random(seed);
  return Array.from({ length: count }, () => {
    const chosen = distinct(draw, draw.below(2) + 2);
    const incidents = chosen.map((scenario, index) =>
      place(scenario, `service-${index + 1}`, draw.pick(variantsOf(scenario))),
    );
    return { name: chosen.map(({ id }) => id).join(' + '), incidents };
  });
}

const known = new Map<Scenario, Variant[]>();

/** The variants in which a scenario can happen and comes out differently; the one that it chooses itself is the first. */
function variantsOf(scenario: Scenario): Variant[] {
  const found = known.get(scenario) ?? findVariants(scenario);
  known.set(scenario, found);
  return found;
}

function findVariants(scenario: Scenario): Variant[] {
  const shapes = new Set<string>();
  return variants.filter((variant) => {
    if (!applies(scenario.id, variant)) return false;
    const shape = shapeOf(scenario, variant);
    if (shape === undefined || shapes.has(shape)) return false;
    shapes.add(shape);
    return true;
  });
}

/** The settled world of a plan, with the usual bystanders and noise. */
export const build = ({ incidents }: WorldPlan, options: { network?: string; now?: string }): World =>
  settleWith(shop(options), incidents);

function distinct(draw: Random, count: number): Scenario[] {
  const left = [...faults];
  return Array.from({ length: count }, () => left.splice(draw.below(left.length), 1)[0]).filter(
    (scenario) => scenario !== undefined,
  );
}

/** How the Service of an incident comes out in its world, whatever variant was asked for. */
export function variantOf(world: World, incident: Incident): Variant {
  const { service, targetTypes } = madeOf(world, incident);
  const controller = service && controllerOf(service);
  const [targetType] = targetTypes;
  return {
    ...incident.variant,
    ...(controller && { controller }),
    ...((targetType === 'instance' || targetType === 'ip') && { targetType }),
    ...(service && { externalTrafficPolicy: service.spec.externalTrafficPolicy }),
  };
}

/** The Service of an incident in its world, and the target types of its target groups. */
function madeOf(world: World, { namespace, service: name }: Pick<Incident, 'namespace' | 'service'>) {
  const home = clusterOf(world, cluster);
  const service = objectsOf(home, 'Service').find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  const arns = targetGroupArnsOf(world, home, { namespace, name });
  const targetTypes = world.targetGroups.filter(({ arn }) => arns.includes(arn)).map(({ targetType }) => targetType);
  return { service, targetTypes };
}

/** How the Service came out: two variants of the same shape are the same world. Undefined where it can't happen so. */
function shapeOf(scenario: Scenario, variant: Variant): string | undefined {
  const world = attempt(scenario, variant);
  if (world === undefined) return undefined;
  const { service, targetTypes } = madeOf(world, { namespace: 'orders', service: 'checkout' });
  return JSON.stringify([targetTypes, service?.spec.externalTrafficPolicy, service?.spec.loadBalancerClass]);
}

function attempt(scenario: Scenario, variant: Variant): World | undefined {
  try {
    return build({ name: scenario.id, incidents: [place(scenario, 'checkout', variant)] }, {});
  } catch (error) {
    if (Object.keys(variant).length === 0) throw error;
    return undefined;
  }
}
