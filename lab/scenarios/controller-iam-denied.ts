import { moveToPort } from '../faults/move-to-port.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The new port of the application lies outside of the rule that there is. */
export const controllerIamDenied = scenario({
  id: 'controller-iam-denied',
  title: 'The role of the controller lost a permission, and the rule for a new port is not written',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const role = `arn:aws:sts::${world.account}:assumed-role/aws-load-balancer-controller/1763800000000000000`;
    cluster.controllerFailures = [
      {
        call: 'AuthorizeSecurityGroupIngress',
        message: `operation error EC2: AuthorizeSecurityGroupIngress, https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation. User: ${role} is not authorized to perform: ec2:AuthorizeSecurityGroupIngress because no identity-based policy allows the ec2:AuthorizeSecurityGroupIngress action`,
      },
    ];
    moveToPort(cluster, place, 3000);
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-iam-denied',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
