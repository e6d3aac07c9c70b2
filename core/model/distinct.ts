/** Each of these values once, in the order in which it comes first. */
export const distinct = <Value>(values: Iterable<Value>): Value[] => [...new Set(values)];
