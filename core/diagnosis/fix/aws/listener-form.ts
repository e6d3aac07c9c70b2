import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

/** A setting of a listener. */
export function listenerForm({ options }: AwsChange, { group, values }: Scene): AwsForm {
  const policy = plainly(options['alpn-policy'] ?? '', values);
  return {
    tags: group.loadBalancer?.tags ?? {},
    terraform: toHcl('aws_lb_listener', { alpn_policy: policy }),
    cloudformation: toYaml({ AlpnPolicy: [policy] }),
  };
}

/** A new listener that forwards to the target group, as a resource beside its load balancer. */
export function newListenerForm({ options }: AwsChange, { group, values }: Scene): AwsForm | undefined {
  const balancer = group.loadBalancer;
  const port = Number(plainly(options.port ?? '', values));
  const protocol = plainly(options.protocol ?? '', values);
  if (balancer === undefined || !Number.isInteger(port)) return undefined;
  const { arn } = group.targetGroup;
  return {
    tags: balancer.tags,
    terraform: toHcl('aws_lb_listener', {
      load_balancer_arn: balancer.arn,
      port,
      protocol,
      default_action: { type: 'forward', target_group_arn: arn },
    }),
    cloudformation: toYaml({
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: balancer.arn,
        Port: port,
        Protocol: protocol,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
      },
    }),
  };
}
