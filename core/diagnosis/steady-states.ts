import { catalogue } from './catalogue.ts';

/** Expected states that last: a node without a pod of its own under the Local policy stays unhealthy for good. */
export const steadyStates: ReadonlySet<string> = new Set(
  catalogue.filter(({ steadyState }) => steadyState).map(({ id }) => id),
);
