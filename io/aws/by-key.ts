/** AWS lists of `{ Key, Value }` (tags, attributes) as a record. */
export const byKey = (
  pairs: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> => Object.fromEntries((pairs ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
