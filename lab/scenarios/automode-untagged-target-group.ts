import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addOwnTargetGroup, admittingTo } from '../world/own-target-group.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The managed policy of the cluster's role asks for the tag (AmazonEKSLoadBalancingPolicy). */
export const automodeUntaggedTargetGroup = scenario({
  id: 'automode-untagged-target-group',
  title: 'EKS Auto Mode is to fill a target group from Terraform that lacks the tag of the cluster',
  arrange(world, cluster, place) {
    cluster.cluster.autoModeLoadBalancing = true;
    addWorkload(world, cluster, place);
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    addOwnTargetGroup(world, cluster, {
      place,
      servicePort: 80,
      targetType: 'ip',
      port: 8080,
      listenerPort: 80,
      autoMode: true,
      networking: admittingTo(8080),
    });
  },
  expect: { verdict: 'unhealthy', cause: 'automode-untagged-target-group', targets: {} },
});
