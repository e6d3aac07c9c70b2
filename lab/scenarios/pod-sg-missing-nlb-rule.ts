import { scenario } from '../scenario.ts';
import { addPodSecurityGroup, giveBranchInterface } from '../world/network/branch-interface.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const groupName = 'orders-checkout-pods';

/** Whoever keeps the list of the pods' security group thinks of nodes and clients, not of load balancers. */
export const podSgMissingNlbRule = scenario({
  id: 'pod-sg-missing-nlb-rule',
  title: 'The pods’ own security group was set back to a list without the load balancer',
  arrange(world, cluster, place) {
    const deployment = addWorkload(world, cluster, place);
    const group = addPodSecurityGroup(world, cluster, { name: groupName });
    for (const pod of podsOf(cluster, deployment)) giveBranchInterface(world, pod, [group.id]);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world) {
    for (const group of world.securityGroups) {
      if (group.name !== groupName) continue;
      group.rules = group.rules.filter(({ description }) => description !== 'elbv2.k8s.aws/targetGroupBinding=shared');
    }
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'pod-sg-missing-nlb-rule',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
