import type { NetworkInterface, SecurityGroup } from '../../core/model/aws.ts';
import type { Service, TargetGroupBinding } from '../world/kubernetes-object.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { clusterNameOfController } from './flags.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** The security groups, by id or by their tag `Name`, that the Service brings for its load balancer (LBC:docs/deploy/security_groups.md). */
export const ownSecurityGroups = (world: World, service: Service): string[] | undefined =>
  namedGroups(service)?.flatMap((part) => groupNamed(world, part)?.id ?? []);

/** The security group of that id, or with that tag `Name`. */
export const groupNamed = (world: World, wanted: string): SecurityGroup | undefined =>
  world.securityGroups.find(({ id, tags }) => id === wanted || tags['Name'] === wanted);

/** What the annotation names; one without names is like none. */
export function namedGroups({ metadata }: Service): string[] | undefined {
  const names = (metadata.annotations[`${prefix}security-groups`] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return names.length === 0 ? undefined : names;
}

/** True where the Service asks for a load balancer without security groups. */
export const isWithoutGroups = ({ metadata }: Service): boolean =>
  metadata.annotations[`${prefix}disable-nlb-sg`] === 'true';

/** With security groups of the Service's own LBC writes the rules behind them only when it is asked to. */
export const managesBackendRules = (service: Service): boolean =>
  isWithoutGroups(service) ||
  namedGroups(service) === undefined ||
  service.metadata.annotations[`${prefix}manage-backend-security-group-rules`] === 'true';

/**
 * The security group of an interface into which LBC writes: the only one, or the only one with the cluster's tag. A text
 * is its complaint where there is no such group (pkg/networking/networking_manager.go, resolveEndpointSGForENI).
 */
export function endpointGroupOf(
  world: World,
  cluster: WorldCluster,
  { id, securityGroups }: NetworkInterface,
): SecurityGroup | string {
  const groups = securityGroups.flatMap((each) => world.securityGroups.find((group) => group.id === each) ?? []);
  const [first] = groups;
  if (groups.length === 1 && first !== undefined) return first;
  const name = clusterNameOfController(cluster);
  const key = `kubernetes.io/cluster/${name}`;
  const tagged = groups.filter(({ tags }) => key in tags);
  const [only] = tagged;
  if (tagged.length === 1 && only !== undefined) return only;
  const ids = tagged.map((group) => group.id).join(' ');
  return `expected exactly one securityGroup tagged with ${key} for eni ${id}, got: [${ids}] (clusterName: ${name})`;
}

/** The interfaces behind which the targets of a binding are: primary ones of nodes, or those that carry its pods. */
export function interfacesBehind(world: World, cluster: WorldCluster, { spec, metadata }: TargetGroupBinding) {
  if (spec.targetType !== 'ip') {
    const nodes = new Set(objectsOf(cluster, 'Node').map((node) => node.spec.providerID?.split('/').at(-1)));
    return world.networkInterfaces.filter(({ instanceId, deviceIndex }) => deviceIndex === 0 && nodes.has(instanceId));
  }
  const addresses = new Set(
    objectsOf(cluster, 'EndpointSlice')
      .filter(
        (slice) =>
          slice.metadata.namespace === metadata.namespace &&
          slice.metadata.labels['kubernetes.io/service-name'] === spec.serviceRef.name,
      )
      .flatMap(({ endpoints }) => endpoints.flatMap((endpoint: { addresses: string[] }) => endpoint.addresses)),
  );
  return world.networkInterfaces.filter(({ privateIps }) => privateIps.some((address) => addresses.has(address)));
}

/** What keeps LBC from writing the rule for a binding: an interface whose security groups it cannot choose from. */
export const ambiguityOf = (world: World, cluster: WorldCluster, binding: TargetGroupBinding): string | undefined =>
  interfacesBehind(world, cluster, binding)
    .map((networkInterface) => endpointGroupOf(world, cluster, networkInterface))
    .find((group) => typeof group === 'string');
