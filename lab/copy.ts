/** A copy of plain data, whole. Faster than `structuredClone`, and what two places shared becomes two things, as in an API server. */
export function copyOf<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copyOf(value[name]);
  return copy as Value;
}
