import type {
  GatewayConfiguration,
  RouteConfiguration,
  TargetGroupConfiguration,
} from '../../model/custom-resources/gateway-configuration.ts';
import { compareText, type TargetGroupContext } from '../../model/target-group-context.ts';
import { gatewayOfTags, type Route, routeOfTags } from '../tags.ts';

/** The TargetGroupConfiguration whose block decides on the health check, and the route that the block is for, if any. */
export interface Decider {
  configuration: TargetGroupConfiguration;
  route?: RouteConfiguration;
}

type OfKind<Kind extends GatewayConfiguration['kind']> = Extract<GatewayConfiguration, { kind: Kind }>;

const ofKind = <Kind extends GatewayConfiguration['kind']>(all: GatewayConfiguration[], kind: Kind): OfKind<Kind>[] =>
  all.filter((each): each is OfKind<Kind> => each.kind === kind);

/**
 * The block that holds the health check of a target group that was made for a route of the Gateway API; undefined where none sets it. In
 * this order: of the configuration at the Service the block for the route, then the default; then the same of the configurations to which
 * the LoadBalancerConfigurations of Gateway and GatewayClass refer (LBC:pkg/gateway/tg_config_constructor.go, routeutils/backend.go,
 * controllers/gateway/config_resolver.go).
 */
export function deciderOf(group: TargetGroupContext, all: GatewayConfiguration[]): Decider | undefined {
  const route = routeOfTags(group.targetGroup.tags);
  if (route === undefined || group.owner === undefined) return undefined;
  const own = configurationAt(group.owner, all);
  const atService = own && blockFor(route, own);
  return atService ?? fallbackFor(route, group, all);
}

/** The configuration at a Service: of several the first by name, as the API lists them (LBC:pkg/gateway/routeutils/backend.go). */
export const configurationAt = (
  { namespace, service }: { namespace: string; service: string },
  all: GatewayConfiguration[],
): TargetGroupConfiguration | undefined =>
  ofKind(all, 'TargetGroupConfiguration')
    .filter(
      ({ metadata, spec }) =>
        metadata.namespace === namespace && spec.target?.kind === 'Service' && spec.target.name === service,
    )
    .toSorted((a, b) => compareText(a.metadata.name, b.metadata.name))[0];

/** The best match of a route has its own block, and where that says nothing the default has it. */
function blockFor(route: Route, configuration: TargetGroupConfiguration): Decider | undefined {
  const { defaults, routes } = configuration.spec;
  const best = bestMatch(route, routes);
  if (best?.props.healthCheck !== undefined) return { configuration, route: best };
  return defaults.healthCheck === undefined ? undefined : { configuration };
}

/** Kind, namespace and name before kind and namespace before kind; among equals the first. */
function bestMatch(route: Route, routes: RouteConfiguration[]): RouteConfiguration | undefined {
  const rankOf = ({ kind, namespace, name }: RouteConfiguration): number => {
    if (kind !== route.kind) return 0;
    if (name !== undefined) return nameIn(route.namespacedName, namespace ?? '') === name ? 3 : 0;
    if (namespace !== undefined) return nameIn(route.namespacedName, namespace) === undefined ? 0 : 2;
    return 1;
  };
  return routes.filter((each) => rankOf(each) > 0).toSorted((a, b) => rankOf(b) - rankOf(a))[0];
}

/** `r` of `ns-r` in the namespace `ns`; names may hold hyphens themselves, so that a namespace has to be given. */
const nameIn = (namespacedName: string, namespace: string): string | undefined =>
  namespacedName.startsWith(`${namespace}-`) ? namespacedName.slice(namespace.length + 1) : undefined;

/** By default the configuration of the GatewayClass comes first. The blocks for routes of the second one count for nothing. */
function fallbackFor(route: Route, { targetGroup }: TargetGroupContext, all: GatewayConfiguration[]) {
  const [namespace = '', name] = gatewayOfTags(targetGroup.tags)?.split('/') ?? [];
  const gateway = ofKind(all, 'Gateway').find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  const byClass = ofKind(all, 'GatewayClass').find(({ metadata }) => metadata.name === gateway?.spec.className);
  const settingsOf = (configuration: string | undefined, where: string | undefined) => {
    const settings = ofKind(all, 'LoadBalancerConfiguration').find(
      ({ metadata }) => metadata.name === configuration && metadata.namespace === where,
    );
    const defaults = ofKind(all, 'TargetGroupConfiguration').find(
      ({ metadata, spec }) =>
        metadata.name === settings?.spec.defaults?.name && metadata.namespace === where && spec.target === undefined,
    );
    return { settings, defaults };
  };
  const ofClass = settingsOf(byClass?.spec.configuration?.name, byClass?.spec.configuration?.namespace);
  const ofGateway = settingsOf(gateway?.spec.configuration?.name, namespace);
  const ranked = [ofClass.defaults, ofGateway.defaults].flatMap((each) => each ?? []);
  const [first, second] = ofClass.settings?.spec.mergingMode === 'prefer-gateway' ? ranked.toReversed() : ranked;
  const block = first && blockFor(route, first);
  if (block !== undefined) return block;
  return second?.spec.defaults.healthCheck === undefined ? undefined : { configuration: second };
}
