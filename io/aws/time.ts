const exact = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** RFC 3339 text of a time as AWS and Kubernetes write it, without fraction where there is none; they answer `null` too. */
export function timeOf(date: Date | string | null | undefined): string | undefined {
  if (!date) return undefined;
  if (typeof date === 'string' && exact.test(date)) return date;
  return new Date(date).toISOString().replace(/\.0+Z$/, 'Z');
}
