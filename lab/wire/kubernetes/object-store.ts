import type { KubernetesObject } from '../../world/world.ts';
import { endpointsOf } from './endpoints.ts';
import { eventAs } from './event-versions.ts';
import { apiVersionOf, type Resource, resources } from './resources.ts';

/** The objects of one cluster by resource, in the order in which etcd lists them. */
export interface ObjectStore {
  /** Resources that this cluster knows. */
  resources: Resource[];
  of(resource: Resource): KubernetesObject[];
}

/** Sorts objects into resources and adds the Endpoints that their slices stand for; throws when a world has a kind that the lab cannot serve. */
export function storeObjects(objects: KubernetesObject[]): ObjectStore {
  const byResource = Map.groupBy([...objects, ...endpointsOf(objects)], resourceOf);
  const events = resources.filter(({ kind }) => kind === 'Event');
  const allEvents = events.flatMap((resource) => byResource.get(resource) ?? []);
  for (const resource of events) {
    byResource.set(
      resource,
      allEvents.map((event) => eventAs(apiVersionOf(resource), event)),
    );
  }
  const sorted = new Map([...byResource].map(([resource, members]) => [resource, members.toSorted(byKey)]));
  return {
    resources: resources.filter((resource) => !resource.custom || byResource.has(resource)),
    of: (resource) => sorted.get(resource) ?? [],
  };
}

function resourceOf({ apiVersion, kind }: KubernetesObject): Resource {
  const found = resources.find((each) => apiVersionOf(each) === apiVersion && each.kind === kind);
  if (found === undefined) throw new Error(`The lab does not serve ${apiVersion} ${kind}.`);
  return found;
}

const keyOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

const byKey = (a: KubernetesObject, b: KubernetesObject): number => {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};
