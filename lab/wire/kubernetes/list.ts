import { ApiStatus, badRequest } from './api-status.ts';
import { fieldSelector, labelSelector } from './selectors.ts';
import type { ServedObject } from './served-object.ts';

/** What a list call asks for. */
export interface ListQuery {
  labelSelector: string;
  fieldSelector: string;
  /** 0 = everything. */
  limit: number;
  continue: string | undefined;
}

interface Chunk {
  items: ServedObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

interface ListRequest {
  objects: ServedObject[];
  plural: string;
  query: ListQuery;
  /** Continue tokens of another resource version have expired. */
  resourceVersion: string;
  /** Asked for each continue token: true = it has expired all the same. */
  expires(): boolean;
}

/** One chunk of a list; throws 400 for a selector or token that cannot be read, 410 Expired for an old token. */
export function list({ objects, plural, query, resourceVersion, expires }: ListRequest): Chunk {
  const hasLabels = labelSelector(query.labelSelector);
  const hasFields = fieldSelector(query.fieldSelector, plural);
  const chosen = objects.filter((object) => hasLabels(labelsOf(object)) && hasFields(object));

  const start = query.continue === undefined ? 0 : startOf(query.continue, resourceVersion, expires);
  const end = query.limit > 0 ? start + query.limit : chosen.length;
  const items = chosen.slice(start, end);
  if (end >= chosen.length) return { items, metadata: { resourceVersion } };

  const metadata = { resourceVersion, continue: continueToken(resourceVersion, end) };
  // The API server cannot count what a selector leaves over.
  const selective = query.labelSelector !== '' || query.fieldSelector !== '';
  return { items, metadata: selective ? metadata : { ...metadata, remainingItemCount: chosen.length - end } };
}

const labelsOf = ({ metadata }: ServedObject): Record<string, string> => ('labels' in metadata ? metadata.labels : {});

const continueToken = (resourceVersion: string, start: number): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: Number(resourceVersion), start })).toString('base64url');

function startOf(token: string, resourceVersion: string, expires: () => boolean): number {
  const { rv, start } = readToken(token);
  if (typeof start !== 'number' || typeof rv !== 'number')
    throw badRequest('invalid continue token: continue key is not valid');
  if (rv !== Number(resourceVersion) || expires()) throw expired(continueToken(resourceVersion, start));
  return start;
}

function readToken(token: string): { rv?: unknown; start?: unknown } {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as object;
  } catch {
    throw badRequest(
      `invalid continue token: continue key is not valid: illegal base64 data at input byte ${firstIllegal(token)}`,
    );
  }
}

/** Where base64url breaks off; a character too many is the last one. */
function firstIllegal(token: string): number {
  const legal = /^[A-Za-z0-9_-]*/.exec(token)?.[0].length ?? 0;
  return legal < token.length ? legal : Math.max(0, token.length - 1);
}

/** The words of the API server (apiserver `storage/errors.go`), with a token that goes on from newer data. */
function expired(inconsistentToken: string): ApiStatus {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
  return new ApiStatus(410, 'Expired', message, { metadata: { continue: inconsistentToken } });
}
