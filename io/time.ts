/**
 * RFC 3339 text of a time as AWS and Kubernetes write it, without fraction where there is none; they answer `null` too.
 * A Kubernetes MicroTime arrives as text, whatever its type says (client-node 2.0.1 ObjectSerializer knows no such type).
 */
export const timeOf = (date: Date | string | null | undefined): string | undefined =>
  date ? new Date(date).toISOString().replace(/\.0+Z$/, 'Z') : undefined;
