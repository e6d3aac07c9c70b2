import { closestMatch } from 'leven';

/** ` Did you mean checkout?`, where one of the names is spelt nearly like `wanted`; empty where none is. */
export function suggest(wanted: string, names: readonly string[]): string {
  const near = closestMatch(wanted, names, { maxDistance: Math.max(2, Math.floor(wanted.length / 3)) });
  const within = near ?? names.find((name) => name.includes(wanted) || wanted.includes(name));
  return within === undefined ? '' : ` Did you mean ${within}?`;
}
