/**
 * How the clients of a target group fare: `served` = a target is healthy and no cause is known that stands between; `partly` =
 * a target is healthy, and a cause is known; `unserved` = a listener forwards to it and no target is healthy, or clients provably
 * cannot reach those that are; `excused` = no target is healthy, and an expected state accounts for that; `idle` = no listener
 * sends it traffic; `unknown` = not enough could be read.
 */
export const servedStates = ['served', 'partly', 'unserved', 'excused', 'idle', 'unknown'] as const;
export type ServedState = (typeof servedStates)[number];

/** The steps of clients on their path to a target group, in the order in which packets take them. */
export const clientSteps = [
  'listener',
  'internet route',
  'load balancer network ACLs',
  'load balancer rules',
  'zones',
  'target filters',
  'policies',
  'process',
] as const;

/**
 * What was made of one step: `allow` = evaluated, and somebody gets through; `deny` = evaluated, and clients are stopped; `unknown` =
 * not evaluated, or open for a reason that `by` names.
 */
export interface ClientStep {
  step: (typeof clientSteps)[number];
  decision: 'allow' | 'deny' | 'unknown';
  by: string;
}
