/**
 * True where everything that `part` says is said by `whole` too: what is missing, null or empty says nothing. Objects of a list may
 * be fewer, and come more than once.
 */
export function isPartOf(part: unknown, whole: unknown): boolean {
  if (saysNothing(part)) return true;
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((each) => whole.some((other) => isPartOf(each, other)));
  }
  if (typeof part === 'object' && part !== null) {
    return (
      typeof whole === 'object' &&
      whole !== null &&
      Object.entries(part).every(([key, value]) => isPartOf(value, Reflect.get(whole, key)))
    );
  }
  return part === whole;
}

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every(saysNothing));
