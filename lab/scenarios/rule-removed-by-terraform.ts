import { removeControllerRules } from '../faults/remove-rules.ts';
import { removedRule } from '../faults/removed-rule.ts';
import { byTerraform } from '../world/past/callers.ts';

export const ruleRemovedByTerraform = removedRule({
  id: 'rule-removed-by-terraform',
  title: 'Terraform removed the rule of the controller at an apply, twenty minutes ago',
  strike(world, cluster) {
    removeControllerRules(world, cluster, byTerraform);
  },
});
