import type { TargetState } from '../core/model/aws.ts';
import { settle } from './settle.ts';
import type { BuildOptions } from './world/account.ts';
import { clusterOf } from './world/cluster.ts';
import type { ServiceOptions } from './world/service.ts';
import { shop } from './world/shop.ts';
import type { World, WorldCluster } from './world/world.ts';

/** The Service to which it happens. */
export interface Place extends Variant {
  namespace: string;
  name: string;
}

/** How the Service is to be made, where the scenario leaves it open. */
export interface Variant extends Pick<ServiceOptions, 'targetType' | 'controller' | 'externalTrafficPolicy'> {
  /** Names of the add-ons that EKS manages in the cluster. */
  managedAddOns?: string[];
}

/** The truth about a Service, known because the lab made it so. */
export interface Outcome {
  verdict: 'unhealthy' | 'unserved' | 'expected' | 'healthy';
  /** Catalogue id, `null` when nothing is wrong. */
  cause: string | null;
  /** Catalogue ids of what stands between the cause and the failed health check. */
  mechanisms?: string[];
  /** Other Services of its namespace to which the same happens. */
  others?: string[];
  /** How many targets of the Service are in each state. */
  targets: Partial<Record<TargetState, number>>;
}

interface Definition {
  id: string;
  title: string;
  /** Adds the Service and its workload, sound or already broken, to a world that is not settled. */
  arrange(world: World, cluster: WorldCluster, place: Place): void;
  /** What happens to the settled world. */
  strike?(world: World, cluster: WorldCluster, place: Place): void;
  /** True when no controller has looked since the strike: AWS keeps what it had. */
  unnoticed?: boolean;
  /**
   * Why a printed command does not fix it in the lab, by a part of that command (empty for all): the fix lies with the application, with AWS,
   * or with a choice that a person makes.
   */
  fixedElsewhere?: Record<string, string>;
  /** What a person writes where a printed command opens an editor: a replacement as sed has it in the YAML of the object, by a part of that command. */
  edits?: Record<string, string>;
  expect: Outcome;
  /** The same fault where its check works differently, by a word for each: how the Service is made, and what is true other than in `expect`. */
  variants?: Record<string, { place: Variant; expect?: Partial<Outcome> }>;
}

export interface Expectation extends Outcome {
  cluster: string;
  namespace: string;
  service: string;
}

export interface Scenario extends Omit<Definition, 'variants'> {
  /** The settled world: one cluster, healthy bystanders, noise, and the fault. */
  build(options?: BuildOptions): World;
  expect: Expectation;
  /** How its Service is made, as far as the scenario leaves it open. */
  place: Variant;
  /** Its word, in a variant. */
  variant?: string;
  variants: Scenario[];
}

const place: Place = { namespace: 'orders', name: 'checkout' };

/** Declares a scenario; it happens to Service orders/checkout of cluster shop. */
export function scenario({ variants = {}, ...definition }: Definition): Scenario {
  return {
    ...inPlace(definition, place),
    variants: Object.entries(variants).map(([variant, { place: made, expect }]) => ({
      ...inPlace({ ...definition, expect: { ...definition.expect, ...expect } }, { ...place, ...made }),
      variant,
      variants: [],
    })),
  };
}

/** All of these scenarios, each followed by its variants. */
export const withVariants = (scenarios: readonly Scenario[]): Scenario[] =>
  scenarios.flatMap((each) => [each, ...each.variants]);

/** `<id>`, or `<id>.<variant>`: names the golden. */
export const nameOfScenario = ({ id, variant }: Pick<Scenario, 'id' | 'variant'>): string =>
  variant === undefined ? id : `${id}.${variant}`;

function inPlace(definition: Omit<Definition, 'variants'>, place: Place): Omit<Scenario, 'variants'> {
  const { arrange, strike, unnoticed = false, expect } = definition;
  return {
    ...definition,
    place,
    build(options) {
      const world = shop(options);
      const cluster = clusterOf(world, 'shop');
      if (place.controller === 'auto') cluster.cluster.autoModeLoadBalancing = true;
      arrange(world, cluster, place);
      const settled = settle(world);
      if (strike === undefined) return settled;
      strike(settled, clusterOf(settled, 'shop'), place);
      return settle(settled, { reconcile: !unnoticed });
    },
    expect: { cluster: 'shop', namespace: place.namespace, service: place.name, ...expect },
  };
}
