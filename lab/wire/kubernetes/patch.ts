import { copyOf } from '../../copy.ts';
import { badRequest, unsupportedMediaType } from './api-status.ts';

/** JSON as it comes over the wire. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };

/** The object after a patch of this media type; throws 400 and 415 as the API server does. Nothing of `before` changes. */
export function patched(before: Json, patch: Json, mediaType: string): Json {
  const draft = copyOf(before);
  switch (mediaType) {
    case 'application/json-patch+json':
      return jsonPatched(draft, patch);
    case 'application/merge-patch+json':
      return merged(draft, patch, replaceList);
    case 'application/strategic-merge-patch+json':
      return merged(draft, patch, mergeByKey);
    case 'application/apply-patch+yaml':
      return merged(draft, patch, mergeByKey);
    default:
      throw unsupportedMediaType();
  }
}

type MergeList = (before: Json[], patch: Json[], field: string) => Json[];

/** RFC 7386; lists are merged as `mergeList` says. */
function merged(before: Json | undefined, patch: Json, mergeList: MergeList, field = ''): Json {
  if (Array.isArray(patch)) return Array.isArray(before) ? mergeList(before, patch, field) : patch;
  if (!isFields(patch)) return patch;
  const result: Fields = isFields(before) && patch['$patch'] !== 'replace' ? before : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value, mergeList, key);
  }
  return result;
}

const replaceList: MergeList = (_, patch) => patch;

/** The key by which members of a list are the same, by the name of the list (`patchMergeKey` in k8s.io/api); other lists are replaced. */
const mergeKeys: Record<string, string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  // Of a container, and of a Service.
  ports: ['containerPort', 'port'],
  conditions: ['type'],
  ownerReferences: ['uid'],
};

const mergeByKey: MergeList = (before, patch, field) => {
  const key = mergeKeys[field]?.find((each) => patch.every((member) => isFields(member) && each in member));
  if (key === undefined) return patch;
  const result = [...before];
  for (const member of patch.filter(isFields)) {
    const { $patch: directive, ...rest } = member;
    const index = result.findIndex((each) => isFields(each) && each[key] === member[key]);
    if (directive === 'delete') result.splice(index, index < 0 ? 0 : 1);
    else if (index < 0) result.push(rest);
    else result[index] = merged(result[index], rest, mergeByKey);
  }
  return result;
};

/** RFC 6902, without `move` and `copy`. */
function jsonPatched(document: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw badRequest('error decoding patch: it is no list of operations');
  const root: Fields = { document };
  for (const operation of patch.filter(isFields)) applyOperation(root, operation);
  return root['document'] ?? null;
}

function applyOperation(root: Fields, { op, path, value = null }: Fields): void {
  const keys = ['document', ...String(path).split('/').slice(1).map(unescaped)];
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json | undefined>((inner, key) => memberOf(inner, key), root);
  const missing = () =>
    badRequest(
      `the server rejected our request due to an error in our request: ${op} operation does not apply: ${path}`,
    );
  if (parent === undefined || typeof parent !== 'object' || parent === null) throw missing();
  if (op !== 'add' && memberOf(parent, last) === undefined) throw missing();
  if (op === 'test' && JSON.stringify(memberOf(parent, last)) !== JSON.stringify(value)) throw missing();
  if (op === 'test') return;
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    parent.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (op === 'remove') delete parent[last];
  else parent[last] = value;
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  Array.isArray(value) ? value[Number(key)] : isFields(value) ? value[key] : undefined;

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
