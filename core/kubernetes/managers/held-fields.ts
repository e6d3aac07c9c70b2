import type { Template } from '../../model/fix.ts';

/** Fields of one manager of an object beyond which they are not kept: what it holds is then unknown. */
const mostFields = 100;

/** Stands between the steps of a path; names of fields, annotations and variables do not hold it. */
const joint = '>';

const roots: ReadonlySet<string> = new Set(['f:metadata', 'f:spec', 'f:data']);

/**
 * The fields that one entry of `managedFields` holds, as paths such as `spec>ports>80>nodePort`, as deep as fixes change them; undefined
 * where there are too many. Source: sigs.k8s.io/structured-merge-diff fieldpath/serialize-pe.go (`f:` a field, `k:` an item by its
 * keys, `v:` a value of a set, `.` the parent itself).
 */
export function heldFields(fieldsV1: unknown): string[] | undefined {
  const found = new Set<string>();
  collect(fieldsV1, [], found);
  return found.size > mostFields ? undefined : [...found].toSorted();
}

function collect(tree: unknown, path: readonly string[], found: Set<string>): void {
  const inner = typeof tree === 'object' && tree !== null ? Object.entries(tree) : [];
  const below = inner.filter(([key]) => key !== '.');
  if ((below.length === 0 && path.length > 1) || path.length === depthOf(path)) {
    if (isWithin(path)) found.add(path.join(joint));
    return;
  }
  for (const [key, value] of below) {
    if (found.size > mostFields) return;
    if (path.length === 0 && !roots.has(key)) continue;
    collect(value, [...path, segmentOf(key)], found);
  }
}

const isWithin = ([root, second]: readonly string[]): boolean =>
  root !== 'metadata' || second === 'annotations' || second === 'labels';

/** Steps after which a path is cut: a container's field, and of its environment the variable. */
function depthOf([root, second, third, fourth, , sixth]: readonly string[]): number {
  if (root === 'metadata') return 3;
  if (root !== 'spec' || second !== 'template') return 4;
  if (third === 'metadata') return 5;
  if (fourth !== 'containers' && fourth !== 'initContainers') return 4;
  return sixth === 'env' ? 7 : 6;
}

const segmentOf = (key: string): string => {
  const name = key.slice(2);
  if (!key.startsWith('k:')) return name;
  return keyOf(parsed(name)) ?? name;
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What tells an item of a list from the others: its port or name. */
function keyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { containerPort, port, name } = item as Record<string, unknown>;
  const key = containerPort ?? port ?? name;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}

/** The paths of all that a part of a manifest sets or removes, but for the identity of the object. */
export function fieldsOf(manifest: { [field: string]: Template }): string[] {
  const { apiVersion: _, kind: __, metadata, ...rest } = manifest;
  const { name: ___, namespace: ____, ...about } = (metadata ?? {}) as { [field: string]: Template };
  return [...new Set(leaves({ metadata: about, ...rest }, []))];
}

function leaves(value: Template, path: readonly string[]): string[] {
  if (path.length > 1 && path.length === depthOf(path)) return [path.join(joint)];
  if (Array.isArray(value)) {
    const keys = value.map(keyOf);
    if (keys.includes(undefined)) return [path.join(joint)];
    return value.flatMap((item, index) => itemLeaves(item, [...path, keys[index] ?? '']));
  }
  if (typeof value !== 'object' || value === null) return [path.join(joint)];
  return Object.entries(value).flatMap(([field, inner]) => leaves(inner, [...path, field]));
}

const identity: ReadonlySet<string> = new Set(['name', 'port', 'containerPort', 'protocol']);

/** Of an item what is set beside what tells it from the others; the item itself where that is all. */
function itemLeaves(item: Template, path: readonly string[]): string[] {
  const own = Object.entries(item as { [field: string]: Template }).filter(([field]) => !identity.has(field));
  return path.length === depthOf(path) || own.length === 0
    ? [path.join(joint)]
    : own.flatMap(([field, inner]) => leaves(inner, [...path, field]));
}

/** True where one of these fields is one of the held ones, is part of one, or has one as its part. */
export const areHeld = (fields: readonly string[], held: readonly string[]): boolean =>
  fields.some((field) =>
    held.some((each) => each === field || each.startsWith(`${field}${joint}`) || field.startsWith(`${each}${joint}`)),
  );
