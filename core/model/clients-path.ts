/** The steps of clients on their path to a target group, in the order in which packets take them. */
export const clientSteps = [
  'listener',
  'internet route',
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
