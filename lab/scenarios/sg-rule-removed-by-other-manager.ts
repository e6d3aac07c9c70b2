import { backendGroup } from '../controller/load-balancer.ts';
import { scenario } from '../scenario.ts';
import { ingress, nodeSecurityGroup } from '../world/cluster.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The rules that somebody wrote down when there were two Services; everything else is removed at every apply. */
const inline = [30080, 8080];

export const sgRuleRemovedByOtherManager = scenario({
  id: 'sg-rule-removed-by-other-manager',
  title: 'Terraform manages the rules of the nodes inline and has taken out those of the controller',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30500 }],
      healthCheck: { timeout: '2' },
    });
  },
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
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'sg-rule-removed-by-other-manager',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
