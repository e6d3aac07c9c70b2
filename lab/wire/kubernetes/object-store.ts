import { isOfKind } from '../../world/kubernetes-object.ts';
import type { WorldCluster } from '../../world/world.ts';
import { endpointsOf } from './endpoints.ts';
import { newerEvent } from './event-versions.ts';
import { apiVersionOf, type Resource, resources } from './resources.ts';
import type { ServedObject } from './served-object.ts';

/** The objects of one cluster by resource, in the order in which etcd lists them. */
export interface ObjectStore {
  /** Resources that this cluster knows. */
  resources: Resource[];
  of(resource: Resource): ServedObject[];
}

/**
 * Sorts objects into resources, and adds the Endpoints that their slices stand for and the other version of their events;
 * throws when a world has a kind that the lab cannot serve.
 */
export function storeObjects({ objects, customResources = [] }: WorldCluster): ObjectStore {
  const newerEvents = objects.filter((object) => isOfKind(object, 'Event')).map(newerEvent);
  const served: ServedObject[] = [...objects, ...customResources, ...endpointsOf(objects), ...newerEvents];
  const byResource = new Map(
    [...Map.groupBy(served, resourceOf)].map(([resource, members]) => [resource, members.toSorted(byKey)]),
  );
  return {
    resources: resources.filter((resource) => !resource.custom || byResource.has(resource)),
    of: (resource) => byResource.get(resource) ?? [],
  };
}

function resourceOf({ apiVersion, kind }: ServedObject): Resource {
  const found = resources.find((each) => apiVersionOf(each) === apiVersion && each.kind === kind);
  if (found === undefined) throw new Error(`The lab does not serve ${apiVersion} ${kind}.`);
  return found;
}

/** Whether an object is of this namespace; cluster-scoped ones are of none. */
export const namespaceOf = ({ metadata }: ServedObject): string | undefined =>
  'namespace' in metadata ? metadata.namespace : undefined;

const keyOf = (object: ServedObject): string => `${namespaceOf(object) ?? ''}/${object.metadata.name}`;

const byKey = (a: ServedObject, b: ServedObject): number => {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};
