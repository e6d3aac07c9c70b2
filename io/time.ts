/** RFC 3339 text of a time as AWS and Kubernetes write it, without fraction where there is none; they answer `null` too. */
export const timeOf = (date: Date | null | undefined): string | undefined => date?.toISOString().replace(/\.0+Z$/, 'Z');
