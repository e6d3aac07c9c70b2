import { hash, uid } from './identifier.ts';
import { before, day } from './moment.ts';
import type { KubernetesObject, World, WorldCluster } from './world.ts';

interface Identity {
  kind: string;
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ageSeconds?: number;
  owner?: KubernetesObject;
}

/** `metadata` as the API server fills it in; `ownerReferences` only with an owner. */
export function metadata(world: World, cluster: WorldCluster, identity: Identity) {
  const { kind, name, namespace, labels = {}, annotations = {}, ageSeconds = 2 * day, owner } = identity;
  const seed = [cluster.cluster.name, kind, namespace, name].join('/');
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: uid(seed),
    resourceVersion: String(Number.parseInt(hash(`version ${seed}`, 6), 16) + 1_000_000),
    generation: 1,
    creationTimestamp: before(world.now, ageSeconds),
    labels,
    annotations,
    ...(owner === undefined ? {} : { ownerReferences: [ownerReference(owner)] }),
  };
}

const ownerReference = (owner: KubernetesObject) => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner['metadata'].name,
  uid: owner['metadata'].uid,
  controller: true,
  blockOwnerDeletion: true,
});

/** All objects of a kind, in the order in which they were put. */
export const objectsOf = (cluster: WorldCluster, kind: string): KubernetesObject[] =>
  cluster.objects.filter((object) => object.kind === kind);

/** The object of that name; throws when the cluster has none. `namespace` is `undefined` for cluster-scoped kinds. */
export function objectOf(
  cluster: WorldCluster,
  kind: string,
  { namespace, name }: { namespace?: string; name: string },
): KubernetesObject {
  const object = cluster.objects.find((candidate) => isSame(candidate, kind, { name, namespace }));
  if (object === undefined) throw new Error(`no ${kind} ${namespace ?? ''}/${name} in ${cluster.cluster.name}`);
  return object;
}

/** Adds the object, or puts it in the place of the one with the same kind, namespace and name. */
export function put<Kind extends KubernetesObject>(cluster: WorldCluster, object: Kind): Kind {
  const { name, namespace } = object['metadata'];
  const index = cluster.objects.findIndex((candidate) => isSame(candidate, object.kind, { name, namespace }));
  if (index === -1) cluster.objects.push(object);
  else cluster.objects[index] = object;
  return object;
}

const isSame = (object: KubernetesObject, kind: string, wanted: { name: string; namespace: string | undefined }) =>
  object.kind === kind && object['metadata'].name === wanted.name && object['metadata'].namespace === wanted.namespace;

/** True when every label that the selector names has the value that it names; an empty selector selects nothing. */
export function selects(selector: Record<string, string> | undefined, labels: Record<string, string>): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
