/** True for an error that no service brought about: a type that does not fit, a value out of range. */
export function isBug(error: unknown): boolean {
  if (error === undefined) return false;
  if (error instanceof AggregateError) return error.errors.some(isBug);
  if (!(error instanceof Error)) return true;
  const isOfSdk = '$response' in error || '$metadata' in error;
  return !isOfSdk && /^(Type|Reference|Range|Syntax)Error$/.test(error.name);
}
