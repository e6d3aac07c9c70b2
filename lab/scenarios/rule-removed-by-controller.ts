import { removeControllerRules } from '../faults/remove-rules.ts';
import { removedRule } from '../faults/removed-rule.ts';
import { byController } from '../world/past/callers.ts';

export const ruleRemovedByController = removedRule({
  id: 'rule-removed-by-controller',
  title: 'The controller itself removed its rule, twenty minutes ago, and does not write it again',
  strike(world, cluster) {
    removeControllerRules(world, cluster, byController(cluster.cluster.name));
  },
});
