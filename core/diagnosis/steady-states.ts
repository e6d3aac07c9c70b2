/** Expected states that last: a node without a pod of its own under the Local policy stays unhealthy for good. */
export const steadyStates: ReadonlySet<string> = new Set(['etp-local-no-local-pod']);
