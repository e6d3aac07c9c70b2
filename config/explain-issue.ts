import type * as z from 'zod';
import { resemblesSlackCredential } from './secret-name.ts';

/** One sentence about one wrong field: its name, what was given, and the remedy, which is the text of the issue. */
export function explainIssue(issue: z.core.$ZodIssue, given: unknown): string {
  const field = fieldName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys.map((key) => fieldName([...issue.path, key])).join(', ');
    return `${unknown} is not a known field; remove it or correct its name (docs/config.schema.json lists all fields).`;
  }
  if (issue.code === 'invalid_key') return `${field} has a key that is not allowed; ${issue.issues[0]?.message ?? ''}`;

  const value = issue.path.reduce<unknown>(child, given);
  if (value === undefined) return `${field} is missing; ${issue.message}`;
  return `${field} ${shown(issue.path, value)}; ${issue.message}`;
}

const fieldName = (path: PropertyKey[]): string =>
  path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${String(key)}`))
    .join('') || 'the configuration';

const child = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

function shown(path: PropertyKey[], value: unknown): string {
  const json = JSON.stringify(value);
  if (/secret$/i.test(String(path.at(-1))) || resemblesSlackCredential(json)) {
    return 'may be a credential, so it is not repeated here';
  }
  return `is ${json.length > 80 ? `${json.slice(0, 80)}…` : json}`;
}
