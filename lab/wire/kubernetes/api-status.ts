import { qualifiedName, type Resource } from './resources.ts';

/** A failure as the Kubernetes API answers it: a `Status` object. */
export class ApiStatus extends Error {
  readonly code: number;
  readonly body: object;

  constructor(code: number, reason: string, message: string, more: { details?: object; metadata?: object } = {}) {
    super(message);
    this.code = code;
    const { details, metadata = {} } = more;
    this.body = { kind: 'Status', apiVersion: 'v1', metadata, status: 'Failure', message, reason, details, code };
  }
}

export const unauthorized = (): ApiStatus => new ApiStatus(401, 'Unauthorized', 'Unauthorized');

export const badRequest = (message: string): ApiStatus => new ApiStatus(400, 'BadRequest', message);

export const methodNotAllowed = (): ApiStatus =>
  new ApiStatus(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');

export const unsupportedMediaType = (): ApiStatus =>
  new ApiStatus(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
  );

/** For an object that is to be made and is there already. */
export function alreadyExists(resource: Resource, name: string): ApiStatus {
  const message = `${qualifiedName(resource)} "${name}" already exists`;
  return new ApiStatus(409, 'AlreadyExists', message, { details: { name, ...kindOf(resource) } });
}

export const notAcceptable = (): ApiStatus =>
  new ApiStatus(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );

/** For a path outside every group that the API serves; no `Status`, but text. */
export class PageNotFound extends Error {
  readonly body = '404 page not found\n';
}

/** For a path that its group does not know. */
export const unknownPath = (): ApiStatus =>
  new ApiStatus(404, 'NotFound', 'the server could not find the requested resource', { details: {} });

/** For an object that does not exist. */
export function objectNotFound(resource: Resource, name: string): ApiStatus {
  const message = `${qualifiedName(resource)} "${name}" not found`;
  return new ApiStatus(404, 'NotFound', message, { details: { name, ...kindOf(resource) } });
}

interface Refused {
  user: string;
  verb: string;
  resource: Resource;
  /** `log` of `pods/log`. */
  subresource?: string | undefined;
  namespace?: string | undefined;
  name?: string | undefined;
}

/** What the authorizer of the API server answers (apiserver `responsewriters.ForbiddenStatusError`). */
export function forbidden({ user, verb, resource, subresource, namespace, name }: Refused): ApiStatus {
  const plural = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  const subject = name === undefined ? qualifiedName(resource) : `${qualifiedName(resource)} "${name}"`;
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const message = `${subject} is forbidden: User "${user}" cannot ${verb} resource "${plural}" in API group "${resource.group}" ${scope}`;
  return new ApiStatus(403, 'Forbidden', message, { details: { name, ...kindOf(resource) } });
}

/** The core group is not named. */
const kindOf = ({ group, plural }: Resource): object => ({ ...(group !== '' && { group }), kind: plural });
