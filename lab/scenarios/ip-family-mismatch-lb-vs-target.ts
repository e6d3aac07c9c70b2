import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addOwnTargetGroup, admittingTo } from '../world/own-target-group.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The load balancer is dual-stack, and whoever wrote its target group took IPv6 for part of that. */
export const ipFamilyMismatchLbVsTarget = scenario({
  id: 'ip-family-mismatch-lb-vs-target',
  title: 'The target group that Terraform made takes IPv6 addresses, the pods have IPv4 ones',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const binding = addOwnTargetGroup(world, cluster, {
      place,
      servicePort: 80,
      targetType: 'ip',
      port: 8080,
      listenerPort: 80,
      networking: admittingTo(8080),
    });
    binding.spec.ipAddressType = 'ipv6';
    for (const targetGroup of world.targetGroups) {
      if (targetGroup.arn === binding.spec.targetGroupARN) targetGroup.ipAddressType = 'ipv6';
    }
    for (const loadBalancer of world.loadBalancers) {
      if (loadBalancer.name === `${place.namespace}-${place.name}-nlb`) loadBalancer.ipAddressType = 'dualstack';
    }
  },
  expect: { verdict: 'unhealthy', cause: 'ip-family-mismatch-lb-vs-target', targets: {} },
});
