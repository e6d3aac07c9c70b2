import { scenario } from '../scenario.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The managed policy lets EKS change groups named eks-cluster-sg-* only (amazon-eks-user-guide automode/auto-networking.adoc). */
export const automodeNodeSgPermission = scenario({
  id: 'automode-node-sg-permission',
  title: 'EKS Auto Mode may not change the security group of the nodes',
  arrange(world, cluster, place) {
    cluster.cluster.autoModeLoadBalancing = true;
    const resource = `arn:aws:ec2:${world.region}:${world.account}:security-group/${nodeSecurityGroup(world, cluster).id}`;
    cluster.controllerFailures = [
      {
        call: 'AuthorizeSecurityGroupIngress',
        service: place,
        message: `operation error EC2: AuthorizeSecurityGroupIngress, https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::${world.account}:assumed-role/AmazonEKSAutoClusterRole/1763800000000000000 is not authorized to perform: ec2:AuthorizeSecurityGroupIngress on resource: ${resource} because no identity-based policy allows the ec2:AuthorizeSecurityGroupIngress action`,
      },
    ];
    addWorkload(world, cluster, { ...place, port: 3000 });
    addService(world, cluster, {
      ...place,
      controller: 'auto',
      targetType: 'ip',
      ports: [{ name: 'http', port: 80, targetPort: 3000 }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'automode-node-sg-permission',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
