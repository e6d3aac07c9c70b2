import { addClusterGroupToNodes } from '../faults/second-security-group.ts';
import { scenario } from '../scenario.ts';
import { loadBalancerController } from '../world/add-ons.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** With one security group on each node nobody noticed; rules of before stay, a new port gets none. */
export const controllerClusterNameMismatch = scenario({
  id: 'controller-cluster-name-mismatch',
  title: 'The controller bears the name of another cluster, and the nodes got a second security group',
  arrange(world, cluster, place) {
    const controller = objectOf(cluster, 'Deployment', loadBalancerController);
    controller.spec.template.spec.containers[0].args = ['--cluster-name=shop-staging', '--ingress-class=alb'];
    addWorkload(world, cluster, { ...place, port: 3000 });
  },
  strike(world, cluster, place) {
    addClusterGroupToNodes(world, cluster);
    for (const { id, tags } of world.securityGroups) {
      if (id === cluster.cluster.clusterSecurityGroupId) delete tags['kubernetes.io/cluster/shop'];
    }
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'http', port: 80, targetPort: 3000 }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-cluster-name-mismatch',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
