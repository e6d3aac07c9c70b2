import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addIpv6, enableIpv6, useIpv6 } from '../world/network/dual-stack.ts';
import { addOwnTargetGroup, admittingTo } from '../world/own-target-group.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';

/** The kubelet probes the IPv4 address of the pods, so that they are ready; the new target group is for IPv6. */
export const appIpFamilyMismatch = scenario({
  id: 'app-ip-family-mismatch',
  title: 'The application binds 0.0.0.0 behind an IPv6 target group',
  arrange(world, cluster, place) {
    enableIpv6(world);
    const deployment = addWorkload(world, cluster, { ...place, args: ['--host=0.0.0.0'], ipv4Only: true });
    addIpv6(world, podsOf(cluster, deployment));
    const service = addClusterIpService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
    Object.assign(service.spec, { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' });
    const binding = addOwnTargetGroup(world, cluster, {
      place,
      servicePort: 80,
      targetType: 'ip',
      port: 8080,
      listenerPort: 80,
      networking: admittingTo(8080),
    });
    useIpv6(world, binding);
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'app-ip-family-mismatch',
    targets: { unhealthy: 3 },
  },
});
