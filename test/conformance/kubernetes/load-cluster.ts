import { apiVersionOf, type Resource, resources } from '../../../lab/wire/kubernetes/resources.ts';
import { isOfKind, type KubernetesObject } from '../../../lab/world/kubernetes-object.ts';
import type { WorldCluster } from '../../../lab/world/world.ts';
import type { AdminClient, ApiAnswer } from './admin-client.ts';
import type { ControlPlane } from './control-plane.ts';

/** Objects of a world in an API server. */
export interface LoadedCluster {
  /** What the API did not take, and why. */
  refusals: string[];
  /** Takes them out again. */
  unload(): Promise<void>;
}

const atOnce = 8;

/**
 * Puts every object of a cluster through the real API, with all its validation: created, then its status. What an API
 * gives to nobody (uid, time of creation and of deletion, and of writes) is written into the store afterwards.
 */
export async function loadCluster(plane: ControlPlane, { objects, logs }: WorldCluster): Promise<LoadedCluster> {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const others = objects.filter(({ kind }) => kind !== 'Namespace');
  const refusals: string[] = [];
  const attempt = (work: (object: KubernetesObject) => Promise<void>) => async (object: KubernetesObject) => {
    try {
      await work(object);
    } catch (error) {
      refusals.push(String(error));
    }
  };
  await inBatches(
    namespaces,
    attempt((object) => ensure(plane.admin, object)),
  );
  await inBatches(
    others,
    attempt((object) => load(plane, object)),
  );
  await untilCached(plane, others);
  plane.serveLogs({ pods: others.filter((object) => isOfKind(object, 'Pod')), logs });
  return {
    refusals,
    async unload() {
      await inBatches(others, (object) => remove(plane.admin, object));
      await untilCached(plane, others);
    },
  };
}

/** Waits until the caches of the API server know the store as it is now: lists that may be of the cache show no older one. */
async function untilCached({ admin, etcd }: ControlPlane, objects: KubernetesObject[]): Promise<void> {
  const query = `resourceVersion=${await etcd.revision()}&resourceVersionMatch=NotOlderThan&limit=1`;
  for (const everywhere of new Set(objects.map((object) => pathOf(object).everywhere))) {
    while ((await admin.call('GET', `${everywhere}?${query}`)).status === 504);
  }
}

async function inBatches(objects: KubernetesObject[], work: (object: KubernetesObject) => Promise<void>) {
  const queue = objects.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const object of queue) await work(object);
    }),
  );
}

/** Namespaces stay: nobody is here who could end them. */
async function ensure(admin: AdminClient, object: KubernetesObject): Promise<void> {
  const { status, body } = await admin.call('POST', pathOf(object).collection, withoutServerFields(object));
  if (status !== 409) expectSuccess(object, { status, body });
}

async function load({ admin, etcd }: ControlPlane, object: KubernetesObject): Promise<void> {
  const { collection, path, key } = pathOf(object);
  const created = expectSuccess(object, await admin.call('POST', collection, withoutServerFields(object)));
  if ('status' in object) {
    const answer = await admin.call('PUT', `${path}/status`, { ...created, status: object.status });
    expectSuccess(object, answer);
  }
  const { metadata, ...stored } = await etcd.read(key);
  const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  const given = { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds };
  const { managedFields = [], ...kept } = metadata as { managedFields?: object[] };
  const writes = managedFields.map((each) => ({ ...each, time: creationTimestamp }));
  await etcd.write(key, { ...stored, metadata: { ...kept, ...given, managedFields: writes } });
}

async function remove(admin: AdminClient, object: KubernetesObject): Promise<void> {
  const { path } = pathOf(object);
  if (object.metadata.finalizers !== undefined) {
    expectSuccess(object, await admin.call('PATCH', path, { metadata: { finalizers: null } }));
  }
  const answer = await admin.call('DELETE', path, { gracePeriodSeconds: 0, propagationPolicy: 'Background' });
  if (answer.status !== 404) expectSuccess(object, answer);
}

/** The fields that only the server may set. */
function withoutServerFields(object: KubernetesObject): object {
  const { uid, resourceVersion, creationTimestamp, generation, deletionTimestamp, ...metadata } = object.metadata;
  const { deletionGracePeriodSeconds, ...kept } = metadata;
  return { ...object, metadata: kept };
}

function expectSuccess({ kind, metadata }: KubernetesObject, { status, body }: ApiAnswer): object {
  if (status < 300) return body;
  throw new Error(`${kind} ${metadata.namespace ?? ''}/${metadata.name} is refused: ${status} ${body.message ?? body}`);
}

interface Place {
  /** The path of all objects of its kind, whatever their namespace. */
  everywhere: string;
  collection: string;
  path: string;
  key: string;
}

/** Where the API serves an object, and where etcd keeps it. */
function pathOf(object: KubernetesObject): Place {
  const resource = resources.find((each) => apiVersionOf(each) === object.apiVersion && each.kind === object.kind);
  if (resource === undefined) throw new Error(`The lab does not serve ${object.apiVersion} ${object.kind}.`);
  const { namespace, name } = object.metadata;
  const place = resource.namespaced ? `/namespaces/${namespace}` : '';
  const group = `${resource.group === '' ? '/api' : '/apis'}/${object.apiVersion}`;
  const collection = `${group}${place}/${resource.plural}`;
  const owner = resource.namespaced ? `${namespace}/${name}` : name;
  const everywhere = `${group}/${resource.plural}`;
  return { everywhere, collection, path: `${collection}/${name}`, key: `/registry/${storedUnder(resource)}/${owner}` };
}

/** Built-in resources by plural, but for three with old names; custom resources by group too. */
function storedUnder({ group, plural, custom }: Resource): string {
  if (custom) return `${group}/${plural}`;
  const old: Record<string, string> = {
    nodes: 'minions',
    services: 'services/specs',
    endpoints: 'services/endpoints',
    ingresses: 'ingress',
  };
  return old[plural] ?? plural;
}
