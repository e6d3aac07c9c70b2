import type { KubernetesObject } from '../../world/kubernetes-object.ts';
import type { WorldCluster } from '../../world/world.ts';
import { fitsGlob } from '../aws/glob.ts';
import {
  badRequest,
  forbidden,
  methodNotAllowed,
  notAcceptable,
  objectNotFound,
  PageNotFound,
  unknownPath,
} from './api-status.ts';
import { discover, scalable } from './discovery.ts';
import { list } from './list.ts';
import { namespaceOf, type ObjectStore } from './object-store.ts';
import { podLog } from './pod-log.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { isServedAs, type ServedObject } from './served-object.ts';
import { table } from './table.ts';
import { scaleOf } from './write.ts';

interface ApiRequest {
  method: string;
  url: URL;
  accept: string;
  cluster: WorldCluster;
  store: ObjectStore;
  resourceVersion: string;
  user: string;
  /** Asked for each continue token: true = it has expired. */
  expires(): boolean;
  /** Told what the request turned out to ask for: `list pods`. */
  named(action: string, parameters: Record<string, unknown>): void;
}

/** What a path under a resource points at. */
interface Target {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

/** Answers one request with an object or with text; throws an ApiStatus otherwise. */
export function answerApi(request: ApiRequest): object | string {
  const { method, url, store } = request;
  if (['/livez', '/readyz', '/healthz'].includes(url.pathname)) return 'ok';
  const discovered = discover(url.pathname, store.resources);
  const target = locate(url.pathname, store.resources);
  if (discovered === undefined && target === undefined) throw notServed(url.pathname, store.resources);
  if (url.searchParams.get('watch') === 'true') throw methodNotAllowed();
  if (target !== undefined && method !== 'GET') throw methodNotAllowed();
  if (target === undefined) return discovered ?? {};

  // As the API server does for logs too; no Accept at all takes everything.
  if (request.accept !== '' && !/json|yaml|protobuf|\*\/\*/.test(request.accept)) throw notAcceptable();
  admit(request, target, target.name === undefined ? 'list' : 'get');
  return target.name === undefined ? listObjects(request, target) : getObject(request, target, target.name);
}

function notServed(path: string, resources: Resource[]): Error {
  const version = /^\/api\/(v1)\/|^\/apis\/([^/]+\/[^/]+)\//.exec(path)?.slice(1).find(Boolean);
  const isServed = resources.some((resource) => !resource.custom && apiVersionOf(resource) === version);
  return isServed ? unknownPath() : new PageNotFound();
}

function locate(path: string, resources: Resource[]): Target | undefined {
  const match =
    /^\/(?:api|apis)\/(?<version>(?:[^/]+\/)?v\d\w*)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<subresource>[^/]+))?$/.exec(
      path,
    );
  const { version, namespace, plural, name, subresource } = match?.groups ?? {};
  const resource = resources.find((each) => apiVersionOf(each) === version && each.plural === plural);
  return resource === undefined ? undefined : { resource, namespace, name, subresource };
}

function admit(
  { cluster, url, user, named }: Pick<ApiRequest, 'cluster' | 'url' | 'user' | 'named'>,
  { resource, namespace, name, subresource }: Target,
  verb: string,
): void {
  const action = `${verb} ${[resource.plural, subresource].filter((part) => part !== undefined).join('/')}`;
  named(action, { namespace, name, ...Object.fromEntries(url.searchParams) });
  const refused = resource.plural === 'secrets' || cluster.forbidden.some((pattern) => fitsGlob(pattern, action));
  if (refused) throw forbidden({ user, verb, resource, subresource, namespace, name });
}

const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

/** What a request that changes something points at; throws an ApiStatus where it points at nothing that can be changed. */
export function targetOfWrite(
  request: Pick<ApiRequest, 'method' | 'url' | 'cluster' | 'store' | 'user' | 'named'>,
): Target {
  const { method, url, store } = request;
  const target = locate(url.pathname, store.resources);
  if (target === undefined) throw notServed(url.pathname, store.resources);
  const verb = verbs[method];
  const { plural } = target.resource;
  const isPart =
    target.subresource === 'scale' ? scalable.has(plural) : target.subresource === 'eviction' && plural === 'pods';
  if (verb === undefined || (target.subresource !== undefined && !isPart)) throw methodNotAllowed();
  admit(request, target, verb);
  return target;
}

function listObjects(
  { url, accept, store, resourceVersion, expires }: ApiRequest,
  { resource, namespace }: Target,
): object {
  const query = url.searchParams;
  const limit = Number(query.get('limit') ?? 0);
  if (!Number.isInteger(limit) || limit < 0) throw badRequest(`invalid limit: ${query.get('limit')}`);
  const objects = store.of(resource);
  const { items, metadata } = list({
    objects: namespace === undefined ? objects : objects.filter((each) => namespaceOf(each) === namespace),
    plural: resource.plural,
    query: {
      labelSelector: query.get('labelSelector') ?? '',
      fieldSelector: query.get('fieldSelector') ?? '',
      limit,
      continue: query.get('continue') || undefined,
    },
    resourceVersion,
    expires,
  });
  if (wantsTable(accept)) return table(resource.plural, items, metadata);
  if (resource.custom) metadata.continue ??= '';
  // Members of a typed list carry no apiVersion and kind of their own, as in the API; custom resources do.
  const members = resource.custom ? items : items.map(({ apiVersion: _, kind: __, ...member }) => member);
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items: members };
}

function getObject({ url, accept, cluster, store }: ApiRequest, target: Target, name: string): object | string {
  const { resource, namespace, subresource } = target;
  const isIt = (object: ServedObject) =>
    object.metadata.name === name && (!resource.namespaced || namespaceOf(object) === namespace);
  const found = store.of(resource).find(isIt);
  if (found === undefined) throw objectNotFound(resource, name);
  if (subresource === 'scale' && scalable.has(resource.plural)) return scaleOf(found as KubernetesObject);
  if (subresource === 'log' && isServedAs(found, 'Pod')) return podLog(found, url.searchParams, cluster.logs);
  if (subresource !== undefined) throw unknownPath();
  return wantsTable(accept) ? table(resource.plural, [found], {}) : found;
}

const wantsTable = (accept: string): boolean => /^application\/json;as=Table;/.test(accept);
