import { hash, uid } from './identifier.ts';
import {
  isOfKind,
  type Kinds,
  type KubernetesObject,
  type Metadata,
  type NamespacedMetadata,
} from './kubernetes-object.ts';
import { before, day } from './moment.ts';
import type { World, WorldCluster } from './world.ts';

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
export function metadata(
  world: World,
  cluster: WorldCluster,
  identity: Identity & { namespace: string },
): NamespacedMetadata;
export function metadata(world: World, cluster: WorldCluster, identity: Identity): Metadata;
export function metadata(world: World, cluster: WorldCluster, identity: Identity): Metadata {
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
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

/** All objects of a kind, in the order in which they were put. */
export const objectsOf = <Kind extends keyof Kinds>(cluster: WorldCluster, kind: Kind): Kinds[Kind][] =>
  cluster.objects.filter((object) => isOfKind(object, kind));

/** The object of that name; throws when the cluster has none. `namespace` is absent for cluster-scoped kinds. */
export function objectOf<Kind extends keyof Kinds>(
  cluster: WorldCluster,
  kind: Kind,
  { namespace, name }: { namespace?: string; name: string },
): Kinds[Kind] {
  const object = objectsOf(cluster, kind).find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  if (object === undefined) throw new Error(`no ${kind} ${namespace ?? ''}/${name} in ${cluster.cluster.name}`);
  return object;
}

/** Adds the object, or puts it in the place of the one with the same kind, namespace and name. */
export function put<Kind extends keyof Kinds>(
  cluster: WorldCluster,
  object: Kinds[Kind] & { kind: Kind },
): Kinds[Kind] {
  const { name, namespace } = object.metadata;
  const index = cluster.objects.findIndex(
    ({ kind, metadata }) => kind === object.kind && metadata.name === name && metadata.namespace === namespace,
  );
  if (index === -1) cluster.objects.push(object);
  else cluster.objects[index] = object;
  return object;
}

/** True when every label that the selector names has the value that it names; an empty selector selects nothing. */
export function selects(selector: Record<string, string> | undefined, labels: Record<string, string>): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/** True when the object's controller is `owner`. */
export const isOwnedBy = (object: KubernetesObject, owner: KubernetesObject): boolean =>
  object.metadata.ownerReferences?.[0]?.uid === owner.metadata.uid;
