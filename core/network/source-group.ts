import type { LoadBalancer, SecurityGroup } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';

/** The tag of the group that the AWS Load Balancer Controller shares between load balancers as the source of its rules at targets (LBC:pkg/networking/backend_sg_provider.go). */
const isBackend = ({ tags }: SecurityGroup): boolean => tags['elbv2.k8s.aws/resource'] === 'backend-sg';

/** The security group of a load balancer that rules at its targets should name: the shared backend group where it has one, else its first. */
export function sourceGroupOf(loadBalancer: LoadBalancer | undefined, groups: SecurityGroup[]): string | undefined {
  const own = loadBalancer?.securityGroups ?? [];
  const shared = own.find((id) => {
    const group = withId(groups, id);
    return group !== undefined && isBackend(group);
  });
  return shared ?? own[0];
}
