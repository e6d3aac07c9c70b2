import { uid } from '../../world/identifier.ts';
import type { KubernetesObject } from '../../world/kubernetes-object.ts';
import { before } from '../../world/moment.ts';
import type { World, WorldCluster } from '../../world/world.ts';
import { alreadyExists, badRequest, methodNotAllowed, objectNotFound } from './api-status.ts';
import { type Json, patched } from './patch.ts';
import { apiVersionOf, type Resource } from './resources.ts';

/** A request that changes one object of a cluster. */
export interface WriteRequest {
  method: string;
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  mediaType: string;
  body: Json;
}

/** One object as it was and as it is; one of the two is absent where it was made or deleted. */
export interface Written {
  before?: KubernetesObject;
  after?: KubernetesObject;
}

/** Carries the request out on the cluster, and answers what the API server answers; throws an ApiStatus where it would refuse. */
export function write(
  world: World,
  cluster: WorldCluster,
  request: WriteRequest,
): { written: Written; answer: { status: number; body: object } } {
  const { method, resource, name, subresource } = request;
  if (method === 'POST' && subresource === undefined && name === undefined) return create(world, cluster, request);
  if (name === undefined) throw methodNotAllowed();
  const index = cluster.objects.findIndex((object) => isMeant(object, request));
  const before = cluster.objects[index];
  if (before === undefined) {
    if (method !== 'PATCH' || request.mediaType !== 'application/apply-patch+yaml')
      throw objectNotFound(resource, name);
    return create(world, cluster, request);
  }
  if (method === 'DELETE' || (method === 'POST' && subresource === 'eviction')) {
    cluster.objects.splice(index, 1);
    const details = { name, group: resource.group, kind: resource.plural, uid: before.metadata.uid };
    return {
      written: { before },
      answer: { status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } },
    };
  }
  if (method !== 'PATCH' && method !== 'PUT') throw methodNotAllowed();
  const after = next(before, request);
  cluster.objects[index] = after;
  return {
    written: { before, after },
    answer: { status: 200, body: subresource === 'scale' ? scaleOf(after) : after },
  };
}

function create(world: World, cluster: WorldCluster, { resource, namespace, name: named, body }: WriteRequest) {
  const given = body as unknown as KubernetesObject;
  const name = named ?? given?.metadata?.name;
  if (typeof name !== 'string' || given.kind !== resource.kind) {
    throw badRequest(`the object provided is no ${resource.kind} with a name`);
  }
  if (cluster.objects.some((object) => isMeant(object, { resource, namespace, name })))
    throw alreadyExists(resource, name);
  const after = {
    ...given,
    metadata: {
      ...marked(given),
      name,
      ...(resource.namespaced && { namespace }),
      uid: uid(`${cluster.cluster.name}/${resource.kind}/${namespace ?? ''}/${name} ${world.now}`),
      resourceVersion: nextVersion(cluster),
      generation: 1,
      creationTimestamp: before(world.now, 0),
    },
  } as KubernetesObject;
  cluster.objects.push(after);
  return { written: { after }, answer: { status: 201, body: after } };
}

const isMeant = (
  { apiVersion, kind, metadata }: KubernetesObject,
  { resource, namespace, name }: Pick<WriteRequest, 'resource' | 'namespace' | 'name'>,
): boolean =>
  kind === resource.kind &&
  apiVersion === apiVersionOf(resource) &&
  metadata.name === name &&
  (!resource.namespaced || metadata.namespace === namespace);

/** The object after a patch or a replacement; what clients cannot change stays, and `generation` counts changes of the spec. */
function next(
  before: KubernetesObject,
  { method, subresource, mediaType, body, resource }: WriteRequest,
): KubernetesObject {
  const shown = subresource === 'scale' ? scaleOf(before) : before;
  const given = (method === 'PUT'
    ? body
    : patched(shown as unknown as Json, body, mediaType)) as unknown as KubernetesObject;
  const wanted = subresource === 'scale' ? withReplicas(before, given) : given;
  const { name, namespace, uid: id, creationTimestamp, resourceVersion, generation = 1 } = before.metadata;
  if (wanted.kind !== resource.kind) throw badRequest(`the object provided is no ${resource.kind}`);
  const isChanged = JSON.stringify(specOf(before)) !== JSON.stringify(specOf(wanted));
  return {
    ...wanted,
    metadata: {
      ...marked(wanted),
      name,
      ...(namespace !== undefined && { namespace }),
      uid: id,
      creationTimestamp,
      resourceVersion: String(Number(resourceVersion) + 1),
      generation: isChanged ? generation + 1 : generation,
    },
  } as KubernetesObject;
}

/** Metadata with labels and annotations, which manifests may leave out. */
function marked({ metadata }: KubernetesObject): KubernetesObject['metadata'] {
  const { labels = {}, annotations = {}, ...rest } = metadata as Partial<KubernetesObject['metadata']>;
  return { ...rest, labels, annotations } as KubernetesObject['metadata'];
}

const specOf = (object: KubernetesObject): unknown => ('spec' in object ? object.spec : undefined);

/** What the subresource `scale` shows of a workload (autoscaling/v1). */
export function scaleOf({ metadata, ...object }: KubernetesObject): object {
  const { replicas = 0 } = ('spec' in object ? object.spec : {}) as { replicas?: number };
  const { name, namespace, uid: id, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid: id, resourceVersion, creationTimestamp },
    spec: { replicas },
    status: { replicas },
  };
}

function withReplicas(object: KubernetesObject, scale: object): KubernetesObject {
  const { spec } = scale as { spec?: { replicas?: unknown } };
  if (typeof spec?.replicas !== 'number') throw badRequest('a scale needs spec.replicas');
  return { ...object, spec: { ...(specOf(object) as object), replicas: spec.replicas } } as KubernetesObject;
}

const nextVersion = ({ objects }: WorldCluster): string =>
  String(1 + Math.max(1_000_000, ...objects.map(({ metadata }) => Number(metadata.resourceVersion) || 0)));
