import { backendGroup } from '../controller/balancer-groups.ts';
import { removedRule } from '../faults/removed-rule.ts';
import { ingress, nodeSecurityGroup } from '../world/cluster.ts';

/** The rules that somebody wrote down when there were two Services; everything else is removed at every apply. */
const inline = [30080, 8080];

export const sgRuleRemovedByOtherManager = removedRule({
  id: 'sg-rule-removed-by-other-manager',
  title: 'Terraform manages the rules of the nodes inline and has taken out those of the controller',
  strike(world, cluster) {
    const group = nodeSecurityGroup(world, cluster);
    const referencedGroupId = backendGroup(world, cluster).id;
    group.rules = [
      ...group.rules.filter(({ description }) => !description?.startsWith('elbv2.k8s.aws/targetGroupBinding=')),
      ...inline.map((port) =>
        ingress(`terraform ${port}`, {
          fromPort: port,
          toPort: port,
          referencedGroupId,
          description: 'load balancers',
        }),
      ),
    ];
  },
});
