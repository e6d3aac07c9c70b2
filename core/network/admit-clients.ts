import type { Step } from '../model/fix.ts';

/** The step beside a rule for the health check where clients come with addresses of their own (`missingRulesOf`). */
export const admitClients: Step = {
  text: 'Admit clients to port {clientPort} too, from the ranges that they come from: their addresses are preserved, so that the rule for the load balancer does not cover them.',
  when: 'clientPort',
};
