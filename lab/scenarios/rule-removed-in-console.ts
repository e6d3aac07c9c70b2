import { removeControllerRules } from '../faults/remove-rules.ts';
import { removedRule } from '../faults/removed-rule.ts';
import { inConsole } from '../world/past/callers.ts';

export const ruleRemovedInConsole = removedRule({
  id: 'rule-removed-in-console',
  title: 'A person removed the rule of the controller in the console, twenty minutes ago',
  strike(world, cluster) {
    removeControllerRules(world, cluster, inConsole('alice@example.com'));
  },
});
