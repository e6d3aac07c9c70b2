import { catalogue } from './catalogue.ts';

const idsOf = (states: typeof catalogue): ReadonlySet<string> => new Set(states.map(({ id }) => id));

/** Expected states that last: a node without a pod of its own under the Local policy stays unhealthy for good. */
export const steadyStates = idsOf(catalogue.filter(({ steadyState }) => steadyState));

/** Expected states that account for a group without a healthy target: one is on its way, or none is meant to be there. */
export const excusingStates = idsOf(
  catalogue.filter(({ kind, steadyState, leaving }) => kind === 'expected' && !steadyState && !leaving),
);

/** Checks of clients by which some of the connections fail. */
export const someClientsChecks = idsOf(catalogue.filter(({ someClients }) => someClients));

/** Risks of which the confirmed evidence names targets that pass no client on. */
export const shuttingChecks = idsOf(catalogue.filter(({ shutsTargets }) => shutsTargets));

/** Checks of which each piece of evidence is about one zone of the load balancer. */
export const perZoneChecks = idsOf(catalogue.filter(({ perZone }) => perZone));
